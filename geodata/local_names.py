"""The local name of a town among the many GeoNames lists, where it can be told without guessing.

Duty: of the forms in the country's own script take the one that is left when doublets are out.
Floor: geodata, standard library only; neighbours: places.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SCRIPTS: Final = {
    "KH": ("km", "KHMER"),
    "TH": ("th", "THAI"),
    "LA": ("lo", "LAO"),
    "MM": ("my", "MYANMAR"),
    "CN": ("zh", "CJK UNIFIED"),
}
_OTHER_TONGUES: Final = ("SHAN", "MON ", "KAREN", "KAYAH", "PALAUNG", "KHAMTI", "AITON", "PA-O")
"""Letters of the Myanmar block that Burmese is not written with."""
_SEATS: Final = ("市", "县")
_VILLAGE: Final = "ភូមិ "


def local_name(country: str, aliases: list[str]) -> tuple[str, str] | None:
    """Return language and name if exactly one form is left, None otherwise."""
    if country not in _SCRIPTS:
        return None
    language, script = _SCRIPTS[country]
    forms = {alias for alias in aliases if alias and _in_script(alias, script)}
    if country == "CN":
        forms = _confirmed({form for form in forms if _is_simplified(form)})
    forms = {form.removeprefix(_VILLAGE) for form in forms}
    return (language, forms.pop()) if len(forms) == 1 else None


def _in_script(text: str, script: str) -> bool:
    names = [unicodedata.name(char, "") for char in text if not char.isspace()]
    return all(
        name.startswith(script) and not any(tongue in name for tongue in _OTHER_TONGUES)
        for name in names
    )


def _is_simplified(text: str) -> bool:
    """Tell whether a text is written as in the People's Republic: GB 2312 holds no other signs."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _confirmed(forms: set[str]) -> set[str]:
    """Return the forms that are also on record as a city or county, so that no namesake slips in.

    GeoNames gives border towns the signs of larger namesakes; those lack the full form.
    """
    return {form for form in forms if any(form + seat in forms for seat in _SEATS)}
