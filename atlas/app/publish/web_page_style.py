"""The look of the offline page: one sheet, colours from a theme, nothing from outside.

Floor: app; neighbours: web_page. The date stepper is a group of radio buttons: which map shows
follows from which button is checked, by the sheet alone.
"""

from __future__ import annotations

from typing import Final

from atlas.render.style import Style

MOST_MAPS: Final = 8
_INKS: Final = ("paper", "panel", "text", "text_soft", "accent", "focus", "rule", "plate_edge")


def sheet(style: Style) -> str:
    """Return the style sheet in a theme's colours."""
    inks = " ".join(f"--{name.replace('_', '-')}: {style.color(name).name()};" for name in _INKS)
    steps = "\n".join(_step(number) for number in range(1, MOST_MAPS + 1))
    return f":root {{ {inks} }}\n{_SHEET}\n{steps}\n{_NARROW}\n{_PRINT}"


def _step(number: int) -> str:
    checked = f".maps > input:nth-of-type({number})"
    return (
        f"{checked}:checked ~ figure:nth-of-type({number}) {{ display: block; }}\n"
        f"{checked}:checked ~ .days label:nth-of-type({number}) "
        "{ background: var(--accent); color: var(--paper); border-color: var(--accent); }\n"
        f"{checked}:focus-visible ~ .days label:nth-of-type({number}) "
        "{ outline: 3px solid var(--focus); outline-offset: 2px; }"
    )


_SHEET: Final = """\
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--text);
  font: 1.06rem/1.6 "Noto Serif", Georgia, "Times New Roman", serif; }
a { color: var(--focus); text-underline-offset: 0.15em; }
a:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--panel); padding: 0.5rem 1rem; z-index: 2; }
h1, h2, h3 { line-height: 1.2; }
h1 { font-size: 2.6rem; margin: 0; }
h2 { font-size: 1.9rem; margin: 0.2rem 0 1rem; }
h3 { font: 700 0.95rem/1.4 "Noto Sans", system-ui, sans-serif; color: var(--accent);
  margin: 2rem 0 0.6rem; padding-top: 0.6rem; border-top: 1px solid var(--rule); }
.top, .end, article { max-width: 92rem; margin: 0 auto; padding: 2rem 2.5rem; }
.top { padding-top: 4rem; }
.subtitle { font-style: italic; color: var(--text-soft); font-size: 1.25rem;
  margin: 0.4rem 0 1.6rem; }
.notes, .key, .kicker, nav, .days, figcaption, .claims, .marks, .sources, .works, .end, legend {
  font-family: "Noto Sans", system-ui, sans-serif; }
.kicker { color: var(--accent); margin: 0; font-size: 0.9rem; }
.about { max-width: 44rem; }
nav ol { columns: 2; column-gap: 3rem; padding-left: 1.6rem; max-width: 60rem; font-size: 0.98rem; }
nav li { margin: 0.3rem 0; break-inside: avoid; }
.key { list-style: none; padding: 0; font-size: 0.92rem; }
.key li { display: inline-block; margin: 0 1.4rem 0.3rem 0; }
article { border-top: 1px solid var(--rule); }
.spread { display: grid; grid-template-columns: minmax(24rem, 1fr) minmax(30rem, 1.25fr);
  gap: 2.5rem; align-items: start; }
.maps { border: 0; margin: 0; padding: 0; min-width: 0; position: sticky; top: 1rem; order: 2; }
legend { padding: 0; font-size: 0.86rem; color: var(--text-soft); }
.maps > input { position: absolute; opacity: 0; pointer-events: none; }
.days { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0.5rem 0; }
.days label { border: 1px solid var(--plate-edge); border-radius: 3px; padding: 0.18rem 0.6rem;
  background: var(--panel); font-size: 0.86rem; cursor: pointer; }
figure { display: none; margin: 0; }
figure img { display: block; width: 100%; height: auto; border: 1px solid var(--plate-edge); }
figcaption { font-size: 0.8rem; color: var(--text-soft); margin-top: 0.35rem; }
.text label { color: var(--focus); cursor: pointer; border-bottom: 1px dotted; }
.claimed { border-bottom: 1px dotted var(--accent); }
.note { font: 600 0.72em/1 "Noto Sans", system-ui, sans-serif; vertical-align: super;
  text-decoration: none; margin-left: 0.1em; white-space: nowrap; }
.sign { font-weight: 700; padding: 0 0.12em; }
.supported { color: #2f5b2d; } .imprecise { color: #7a4d00; } .disputed { color: #1f5f8b; }
.wrong { color: #8c2b1c; } .unverifiable { color: #5d5147; }
.claims ol, .marks ol, .sources ul, .works ul { padding-left: 1.6rem; font-size: 0.9rem;
  line-height: 1.5; }
.claims li, .marks li { margin: 0 0 0.7rem; }
.claims ol { list-style: lower-alpha; }
.sources li, .works li { margin: 0 0 0.25rem; overflow-wrap: anywhere; }
.works ul { columns: 2 26rem; column-gap: 3rem; list-style: none; padding: 0; }
.works li { break-inside: avoid; padding-left: 1.2rem; text-indent: -1.2rem; }
.cited { color: var(--text-soft); }
:target { background: var(--panel);
  box-shadow: -1.8rem 0 0 var(--panel), -2rem 0 0 var(--accent); }
article:target { background: none; box-shadow: none; }
.turn { display: flex; justify-content: space-between; gap: 2rem; margin-top: 2rem; }"""
_NARROW: Final = """\
@media (max-width: 60rem) {
  .spread { display: block; } .maps { position: static; margin-bottom: 1.5rem; }
  .top, .end, article { padding: 1.5rem 1.1rem; } nav ol { columns: 1; } h1 { font-size: 2rem; }
}"""
_PRINT: Final = """\
@media print {
  body { background: #fff; font-size: 10pt; } .skip, .days, .turn, legend { display: none; }
  article { break-before: page; } .spread { display: block; } .maps { position: static; }
  figure img { max-height: 18cm; width: auto; max-width: 100%; } a { color: inherit; }
}"""
