"""The style sheet: contrast, size, and nothing from elsewhere."""

import re

import pytest

from bot.web.site import STATIC

CSS = (STATIC / "passerelle.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in CSS.split("@media", 1))
TEXT = [  # WCAG 2.2, 1.4.3: 4.5:1
    ("encre", "fond"), ("encre", "carte"), ("encre", "voile"), ("encre", "voile-danger"), ("fond", "encre"),
    ("doux", "fond"), ("doux", "carte"), ("doux", "voile-danger"), ("accent", "fond"), ("accent", "carte"),
    ("accent", "voile-danger"), ("sur-accent", "accent"), ("danger", "voile-danger"),
]  # fmt: skip
EDGES = [  # WCAG 2.2, 1.4.11: 3:1; the focus ring stands 2 px away from what it surrounds
    ("accent", "fond"), ("trait", "fond"), ("trait", "carte"), ("danger", "fond"), ("focus", "fond"),
    ("focus", "carte"), ("focus", "voile-danger"),
]  # fmt: skip


def luminance(colour):
    """Return the relative luminance of a colour (WCAG 2.2, glossary)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right():
    """Black on white is 21:1; #767676 on white is the well-known 4.54:1."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_words_are_readable(scheme, front, back):
    """4.5:1 at least, by day and by night."""
    assert contrast(scheme[front], scheme[back]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_and_focus_can_be_seen(scheme, front, back):
    """3:1 at least for what shows where a button or the focus is."""
    assert contrast(scheme[front], scheme[back]) >= 3


def test_dark_mode_changes_every_colour():
    """No light colour is left on a dark page."""
    assert LIGHT.keys() == DARK.keys()


def test_the_style_sheet_is_small_and_asks_nothing_of_anybody():
    """Under 8 kB for a slow line; no font, picture or sheet from elsewhere."""
    assert len(CSS.encode()) < 8192
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "@font-face" not in CSS
