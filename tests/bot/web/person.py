"""A person with a browser that runs no script: reads the page, presses buttons, goes where it is sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

VOID = {"meta", "link", "input", "br"}


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attrs: dict
    parent: "Element | None" = None
    children: list = field(default_factory=list)

    @property
    def text(self):
        """Return all text inside, spaces squeezed."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join("".join(parts).split())

    def all(self, tag, **attrs):
        """Return the elements below with this tag and these attributes, in order."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag and all(child.attrs.get(name) == value for name, value in attrs.items()):
                    found.append(child)
                found += child.all(tag, **attrs)
        return found

    def up(self, tag):
        """Return the nearest element around this one with this tag."""
        return self if self.tag == tag else self.parent.up(tag)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.at = Element("page", {})

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(html):
    """Return a page as elements; fails when they do not nest."""
    reader = _Reader()
    reader.feed(html)
    assert reader.at is reader.root
    return reader.root


class Person:
    """Someone in front of one browser."""

    def __init__(self, address, **headers):
        self.client = httpx.AsyncClient(base_url=address, headers=headers, trust_env=False)
        self.page = None
        self.response = None

    async def open(self, path="/"):
        """Go to an address, following the service's own redirects."""
        return await self._follow(await self.client.get(path))

    async def press(self, words):
        """Press the button that says these words."""
        buttons = [each for each in self.page.all("button") if each.text.endswith(words)]
        assert buttons, f"no button {words!r} among {[each.text for each in self.page.all('button')]}"
        return await self.submit(buttons[0])

    async def write(self, text):
        """Type in the text field and send."""
        self.page.all("input", name="texte")[0].attrs["value"] = text
        return await self.submit(self.page.all("button", **{"class": "envoyer"})[0])

    async def submit(self, button):
        """Send the form of a button, as a browser does."""
        return await self._follow(await self.post(**self.fields(button)))

    def fields(self, button):
        """Return what a browser sends when a button is pressed."""
        inputs = button.up("form").all("input")
        fields = {each.attrs["name"]: each.attrs.get("value", "") for each in inputs}
        if "name" in button.attrs:
            fields[button.attrs["name"]] = button.attrs["value"]
        return fields

    async def post(self, **fields):
        """Send a form, and stay where the answer is."""
        self.response = await self.client.post("/", data=fields)
        return self.response

    async def _follow(self, response):
        while response.has_redirect_location and response.headers["location"].startswith("/"):
            response = await self.client.get(response.headers["location"])
        self.response = response
        is_page = response.headers.get("content-type", "").startswith("text/html")
        self.page = read(response.text) if is_page else None
        return self

    @property
    def token(self):
        """Return the token of the page's forms."""
        return self.page.all("input", name="jeton")[0].attrs["value"]

    @property
    def text(self):
        """Return what the page says."""
        return self.page.all("body")[0].text

    @property
    def cookie(self):
        """Return the value of the session cookie, or None."""
        return next(iter(self.client.cookies.jar), None) and next(iter(self.client.cookies.jar)).value
