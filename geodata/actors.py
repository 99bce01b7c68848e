"""Who acts: the many ways the evidence names a side, mapped to the short keys that carry colours.

Duty: the one table of actor keys (docs/data-format.md lists them). Floor: geodata, standard library
only. A side that is not in the table is an error of the build, never a silent default.
"""

from __future__ import annotations

from typing import Any, Final

ACTORS: Final = {
    "": "no side, or several",
    "vietnam": "Vietnam: the North's army and, after 1976, the Socialist Republic's",
    "vietcong": "South Vietnamese communists",
    "china": "People's Republic of China",
    "dk": "Khmer Rouge: the party, its army and Democratic Kampuchea, before and after 1979",
    "kufns": "the Cambodian front that returned with Vietnam in 1978-79",
    "khmer_republic": "Khmer Republic under Lon Nol",
    "cgdk": "resistance coalition of 1982-91, as a whole",
    "kpnlf": "KPNLF and the non-communist Khmer Serei before it",
    "funcinpec": "FUNCINPEC and its army, and MOULINAKA",
    "cpt": "Communist Party of Thailand and kindred groups",
    "thai": "Thai state and army",
    "khmer_dissidents": "Khmer opponents of Democratic Kampuchea helped from Thailand",
    "us": "United States",
    "south_vietnam": "Republic of Vietnam",
    "us_south_vietnam": "United States and Republic of Vietnam together",
    "refugees": "camps of refugees and those who ran them: Red Cross, UNHCR, UNBRO",
}
"""Key to plain meaning."""

_SIDES: Final = {
    "KUFNS": "kufns",
    "Democratic Kampuchea": "dk",
    "Democratic Kampuchea (Centre)": "dk",
    "Vietnam (PAVN) with KUFNS": "vietnam",
    "Vietnam (PAVN navy)": "vietnam",
    "Vietnam (PAVN navy, MR9)": "vietnam",
    "Vietnam (PAVN)": "vietnam",
    "Vietnam (PAVN) against CGDK": "vietnam",
    "China (PLA)": "china",
    "China (PLA) against Vietnam": "china",
    "South Vietnam (ARVN)": "south_vietnam",
    "United States": "us",
    "United States and South Vietnam": "us_south_vietnam",
    "Khmer Rouge (CPNLAF)": "dk",
    "CPT": "cpt",
    "CPT / Chinese Communist Party support": "cpt",
    "ex-CPT, pro-Vietnamese": "cpt",
    "Thai government": "thai",
    "Thai government / former CPT": "thai",
    "DK supplying CPT (CIA assessment)": "dk",
    "CPT, hosted by CPK": "cpt",
    "CPK-linked Thai-Khmer networks": "dk",
    "CPT against Thai government": "cpt",
    "DK forces": "dk",
    "anti-DK Khmer dissidents with Thai support (CIA assessment)": "khmer_dissidents",
    "Thai Interior Ministry / UNHCR": "refugees",
    "Royal Thai Army": "thai",
    "Thai Red Cross": "refugees",
    "UNHCR": "refugees",
    "UNHCR; inmates under Khmer Rouge control": "refugees",
    "Thai government / UNHCR": "refugees",
    "UNHCR / Thai Interior Ministry": "refugees",
    "Khmer Angkor, then KPNLF": "kpnlf",
    "Khmer Serei; MOULINAKA; KPNLF": "kpnlf",
    "Vietnamese army": "vietnam",
    "KPNLF": "kpnlf",
    "UNBRO; KPNLF administration": "kpnlf",
    "Khmer Rouge (DK)": "dk",
    "UNBRO; Khmer Rouge administration": "dk",
    "FUNCINPEC / ANS": "funcinpec",
    "UNBRO; FUNCINPEC administration": "funcinpec",
    "Khmer Rouge administration": "dk",
    "Khmer Rouge (DK), later DNUM": "dk",
    "Khmer Rouge (Ta Mok)": "dk",
    "Khmer Rouge": "dk",
    "Khmer Rouge, CPT, Lao insurgents, Thai army (contacts)": "",
    "Khmer Rouge (Pol Pot)": "dk",
    "Vietnamese army against Royal Thai Army": "vietnam",
}

_GROUPS: Final = {
    "cpk-hq": "dk",
    "ne-base": "dk",
    "uprising": "dk",
    "places": "",
    "dk-site": "dk",
    "dk-zones": "dk",
    "pavn": "vietnam",
    "routes": "vietnam",
}

_BY_ID: Final = {
    "binh-tay-1": "us_south_vietnam",
    "menu": "us",
    "hq-move-1967": "dk",
    "hq-move-1970": "dk",
    "ne-withdrawal-1970": "khmer_republic",
    "hq-raid-1968": "",
    "veun-sai-cell": "",
}


class UnknownActorError(ValueError):
    """A feature names a side the table does not know."""


def side_of(properties: dict[str, Any]) -> str:
    """Return the side as the evidence words it, empty if it names none."""
    return str(properties.get("belligerent") or properties.get("faction") or "")


def actor_of(properties: dict[str, Any]) -> str:
    """Return the actor key of a feature.

    Raises
    ------
    UnknownActorError
        If its side or group is not in the table.
    """
    if properties["id"] in _BY_ID:
        return _BY_ID[properties["id"]]
    side = side_of(properties)
    if side:
        if side not in _SIDES:
            raise UnknownActorError(f"{properties['id']}: side “{side}” has no actor key")
        return _SIDES[side]
    if "category" in properties:
        return ""
    group = properties.get("group", "")
    if group not in _GROUPS:
        raise UnknownActorError(f"{properties['id']}: group “{group}” has no actor key")
    return _GROUPS[group]
