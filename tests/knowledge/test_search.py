"""The desk types three letters, a nickname, an old name, a misspelling, an arrondissement: the card comes up."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.folding import LONGEST_WORD, fold, root, stem, words
from knowledge.load import load_knowledge
from knowledge.search import Index, grouped, query_of, search_line
from knowledge.search_load import search_words
from knowledge.search_query import MOST_WORDS
from tests.knowledge.small_base import Base

EVALUATION = Path(__file__).resolve().parent.parent / "evaluation"


@pytest.fixture(scope="module")
def index(knowledge):
    return Index(knowledge)


@pytest.fixture
def small(tmp_path):
    """The small knowledge base of the checks, as an index with some translated names."""
    names = {"zh": {"rif": "家庭信息中心"}, "th": {"ecoute": "สายด่วน"}, "en": {"aide": "Lone parent grant"}}
    return Index(load_knowledge(Base(tmp_path).folder), names)


def ids(hits):
    return [hit.id for hit in hits]


# --- words as they are written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'École ÉLÉMENTAIRE", ("l", "ecole", "elementaire")),
        ("A.S.F. et r.s.a", ("asf", "et", "rsa")),
        ("halte-garderie", ("halte", "garderie")),
        ("01 44 52 29 19", ("0144522919",)),
        ("+33 1 44 52 29 19", ("0144522919",)),
        ("39 19", ("3919",)),
        ("116 000", ("116000",)),
        ("sœur", ("soeur",)),
        ("pm\u200bi\u202e", ("pmi",)),
        ("الحضانة ١٨", ("حضانه", "18")),
        ("保育園", ("保育", "育園")),
        ("हिन्दी", ("हिन्दी",)),
    ],
)
def test_words_are_compared_without_what_people_leave_out(text, expected):
    """Case, accents, dots of acronyms and hidden signs do not count; a telephone number is one word."""
    assert words(fold(text)) == expected


def test_singular_and_plural_share_a_stem():
    """« crèches municipales » is « crèche municipale »; an acronym with a digit is left alone."""
    assert [stem(word) for word in ("creches", "municipales")] == [stem(word) for word in ("creche", "municipale")]
    assert stem("c2s") == "c2s"


@pytest.mark.parametrize(
    ("said", "written"), [("impayée", "impayé"), ("décédées", "décédé"), ("lycées", "lycée"), ("creches", "crèche")]
)
def test_feminine_and_masculine_share_a_root(said, written):
    """« cantine impayée » meets « impayé cantine »; folding took the accent that told them apart."""
    assert root(fold(said)) == root(fold(written))


# --- what a query says beside its words


@pytest.mark.parametrize(
    "text",
    [
        "rif 18",
        "rif 18e",
        "rif 18 ème",
        "rif XVIIIe",
        "rif xviii",
        "rif du dix-huitième",
        "rif 75018",
        "rif paris 18",
        "rif18",
        "RIF dans le 18",
        "rif montmartre",
        "rif goutte d'or",
    ],
)
def test_an_arrondissement_is_understood_however_it_is_said(text):
    """A number, an ordinal, Roman digits, a postal code or a neighbourhood; what is left is the word to find."""
    query = query_of(text)

    assert query.districts == (18,)
    assert query.wanted == ("rif",)


@pytest.mark.parametrize(
    ("text", "districts"),
    [
        ("mairie paris centre", (1, 2, 3, 4)),
        ("75116", (16,)),
        ("crèche Ménilmontant", (20, 11)),
        ("pmi 21", ()),
        ("pmi 75021", ()),
        ("cerfa 16146", ()),
        ("3 enfants", ()),
        ("prime 7e mois", ()),
        ("prime du septième mois", ()),
        ("troisième enfant", ()),
        ("les 20 examens", ()),
        ("ma vie", ()),
    ],
)
def test_a_number_that_counts_something_else_is_not_an_arrondissement(text, districts):
    """Children, months and forms are numbered too; there is no 21st."""
    assert query_of(text).districts == districts


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("école 2 ans", (24, 36)),
        ("école 2ans", (24, 36)),
        ("bébé de 6 mois", (6, 7)),
        ("psy ado", (132, 216)),
        ("école", None),
    ],
)
def test_an_age_is_understood(text, age):
    """In years a child is anywhere between two birthdays; « ado » says an age as well."""
    assert query_of(text).age == age


@pytest.mark.parametrize(
    ("text", "districts"),
    [
        ("crèche batignoles", (17,)),
        ("pmi menil montant", (20, 11)),
        ("cantine clignancour", (18,)),
        ("creche batigno", (17,)),
        ("rif montmatre 2 ans", (18,)),
    ],
)
def test_a_neighbourhood_misspelt_or_begun_is_understood(index, text, districts):
    """A letter lost, a name cut in two, a name not finished: the place is the same, and no word is looked for."""
    query = query_of(text, index.known)

    assert query.districts == districts
    assert len(query.wanted) == 1


@pytest.mark.parametrize(
    "text", ["pension invalide", "fauteuil roulant", "prime de naissance", "nation", "plaisir", "il me frape"]
)
def test_a_word_that_means_something_is_no_misspelt_neighbourhood(index, text):
    """« invalide » is one letter away from the Invalides, « fauteuil » from Auteuil; only Nation is a place here."""
    query = query_of(text, index.known)

    assert query.districts == ((12, 11, 20) if text == "nation" else ())


def test_spellings_of_neighbourhoods_wait_for_the_words_of_the_entries():
    """Without knowing which words exist, no word is taken for a misspelling."""
    assert query_of("crèche batignoles").districts == ()


@pytest.mark.parametrize("text", ["entrée en 6e", "inscription 6eme", "inscription 6 e", "ma fille 6e", "en 6ème"])
def test_a_class_of_the_college_is_not_an_arrondissement(text):
    """After « en », « inscription » or « fille », « 6e » is the first year of the collège, as cards write it."""
    query = query_of(text)

    assert query.districts == ()
    assert query.wanted[-1] == "6e"


@pytest.mark.parametrize("text", ["collège 6e", "mairie 6ème", "6e", "rif du 5e", "inscription 16e"])
def test_an_arrondissement_after_a_place_stays_one(text):
    """Nobody types « mairie 6e » for a class, and there is no 16th class."""
    assert query_of(text).districts


@pytest.mark.parametrize("text", ["prime 3ème enfant", "prime 3eme enfant", "prime 3 ème enfant"])
def test_a_number_in_a_row_is_read_as_cards_write_it(text):
    """« 3ème enfant » is no arrondissement, and meets « 3e enfant »."""
    query = query_of(text)

    assert query.districts == ()
    assert query.wanted == ("prime", "3e", "enfant")


def test_an_acronym_spelt_letter_by_letter_is_one_word(index):
    """« c a f » is the Caf; letters that make no word of the entries stay apart."""
    assert query_of("rdv c a f", index.known).wanted == ("rdv", "caf")
    assert query_of("q z w", index.known).said == ("q", "z", "w")


# --- what comes up


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("RAM", "relais-petite-enfance"),
        ("Pôle emploi", "france-travail"),
        ("CASVP", "espaces-parisiens-solidarites"),
        ("CPEF", "centre-sante-sexuelle"),
        ("Agepi", "age-france-travail"),
        ("CMU", "css"),
        ("RMI", "rsa"),
        ("3020", "tel-cyberharcelement"),
    ],
)
def test_an_old_name_leads_to_todays(index, old, today):
    """People keep the names they learnt; the first hit is the card of today."""
    assert index.search(old)[0].id == today


def test_a_service_comes_with_its_place_in_the_arrondissement(index):
    """« ludo 12 »: the card, then the one place of the 12th."""
    hits = index.search("ludo 12")

    assert ids(hits)[:2] == ["ludotheque", "ludotheque-12-ludoscope"]
    assert [match.field for match in hits[1].reason][-1] == "arrondissement"


def test_only_the_places_of_the_arrondissement_are_shown_where_there_are_some(index):
    """The 18th has four PMI: no other is listed."""
    places = [hit.id for hit in index.search("pmi 18") if hit.kind == "lieu"]

    assert sorted(places) == ["pmi-18-goutte-d-or", "pmi-18-la-chapelle", "pmi-18-ney-croix-rouge", "pmi-18-ordener"]


def test_where_places_are_many_three_are_shown(index, knowledge):
    """Any six of the 18th's sixty schools would be chance, and would push other cards away."""
    assert sum(place.district == 18 for place in knowledge.places_of["ecole"]) > 50

    hits = index.search("école 2 ans 18e")[:5]
    assert sum(hit.kind == "lieu" for hit in hits) == 3
    assert "toute-petite-section" in ids(hits)


def test_a_place_is_found_by_the_name_people_give_it(index):
    """Nobody in the 18th says « Václav Havel » : the library is in the Halle Pajol."""
    assert "bibliotheque-18-vaclav-havel" in ids(index.search("bibli halle pajol"))[:2]


def test_without_a_place_there_the_neighbours_come(index, knowledge):
    """No PMI is known in the 19th: its neighbours' are shown, none from across the Seine."""
    assert all(place.district != 19 for place in knowledge.places_of["pmi"])

    districts = [knowledge.by_id[hit.id].district for hit in index.search("pmi 19") if hit.kind == "lieu"]
    assert districts
    assert set(districts) <= {10, 11, 18, 20}


def test_the_persons_own_arrondissement_counts_when_the_text_names_none(index):
    """What is typed wins over where the person lives."""
    assert "mairie-14" in ids(index.search("mairie", district=14))[:2]
    assert "mairie-13" in ids(index.search("mairie 13", district=14))[:2]


def test_a_place_is_found_by_its_own_name(index):
    """« college voltaire » is that school before the page on schools."""
    assert index.search("college voltaire")[0].id == "college-11-voltaire"


@pytest.mark.parametrize("typed", ["lud", "ludo", "ludot", "ludoth", "ludotheq", "ludothèque"])
def test_the_card_is_there_while_someone_types(index, typed):
    """From three letters on."""
    assert index.search(typed)[0].id == "ludotheque"


@pytest.mark.parametrize(
    ("typed", "read", "card"),
    [
        ("kreche", "creche", "creche"),
        ("ludotek", "ludotheque", "ludotheque"),
        ("mediasion familial", "mediation", "mediation-familiale"),
        ("domissiliation", "domiciliation", "domiciliation"),
    ],
)
def test_a_misspelling_is_repaired_and_said(index, typed, read, card):
    """The hit tells which word was read in place of the one typed."""
    hit = next(hit for hit in index.search(typed)[:5] if hit.id == card)

    assert (typed.split()[0], read) in hit.repaired
    assert not hit.near


def test_an_acronym_has_no_other_forms(index):
    """« papa » has the stem of PAP, and is a father."""
    assert index.search("pap")[0].id == "pole-appui-scolarite"
    assert "pole-appui-scolarite" not in ids(index.search("papa à 18 ans"))
    assert "cafe-enfants" not in ids(index.search("caf"))


def test_a_slip_is_mended_before_a_word_is_parted(index):
    """« moisisure » is damp on the wall, not « moisi » and « sure »."""
    hit = index.search("moisisure")[0]

    assert hit.id == "logement-indigne"
    assert hit.repaired == (("moisisure", "moisissures"),)


def test_two_words_run_together_are_parted(index):
    """« poleemploi » is « pôle emploi », and « francetravail » too, though addresses on the web hold it."""
    assert index.search("poleemploi")[0].id == "france-travail"
    assert index.search("francetravail")[0].id == "france-travail"


@pytest.mark.parametrize(
    ("typed", "card"),
    [("17", "tel-police"), ("3919", "tel-violences-femmes"), ("0 800 05 95 95", "tel-viols-femmes-info")],
)
def test_a_telephone_number_is_found(index, typed, card):
    """As it is written or dialled; « 17 » is the police before it is an arrondissement."""
    hit = index.search(typed)[0]

    assert hit.id == card
    assert hit.reason[0].field == "téléphone"


def test_an_age_ranks_what_is_made_for_it_first(index):
    """At 2 years the school that takes children of 2 comes before the page on schools; an age alone gives its topic."""
    assert index.search("école 2 ans")[0].id == "toute-petite-section"
    assert index.search("14 ans")[0].id == "pre-ado-ado"


def test_a_hit_says_why_it_is_there(index):
    """The word typed, the word met, the field."""
    reason = index.search("asf")[0].reason

    assert [(match.typed, match.found, match.field) for match in reason] == [("asf", "asf", "sigle")]


@pytest.mark.parametrize(
    ("typed", "card"), [("lone parent", "aide"), ("信息", "rif"), ("家庭", "rif"), ("สายด่วน", "ecoute")]
)
def test_translated_names_are_found_in_scripts_with_or_without_spaces(small, typed, card):
    """A part of a Chinese or Thai name is enough."""
    hit = small.search(typed)[0]

    assert hit.id == card
    assert hit.reason[0].field == "autre langue"


def test_words_of_topics_in_arabic_lead_to_them(index):
    """With or without the article."""
    assert index.search("طلاق")[0].id == "separation"
    assert index.search("الطلاق")[0].id == "separation"


# --- never an empty page


@pytest.mark.parametrize(
    "text", ["xqzwv", "???", "-", "'", '"', "*", "NEAR(", "\u202e", "保育園 xq", "pizza au chorizo", "zanzibar"]
)
def test_what_nothing_holds_gives_people_to_ask(index, text):
    """Marked as near, with the one most topics send to among them."""
    hits = index.search(text)

    assert "rif" in ids(hits)
    assert all(hit.near for hit in hits)
    assert len(set(ids(hits))) == len(hits)


def test_a_far_spelling_is_only_near(small):
    """« aile » may be « aide », but that is a guess, and says so; « aides » is not."""
    assert small.search("aile")[0].id == small.search("aides")[0].id == "aide"
    assert small.search("aile")[0].near
    assert sorted(ids(small.search("aile"))) == ["aide", "ecoute"]
    assert not small.search("aides")[0].near


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("75019", "rif-mairie-19"),
        ("12", "rif-mairie-12"),
        ("dans le 20e", "rif-mairie-20"),
        ("le 19 ème", "rif-mairie-19"),
    ],
)
def test_an_arrondissement_alone_gives_whom_to_ask_there(index, text, place):
    """It is no subject, and « 12 ans » on a card is not the 12th: the family desk of that town hall comes up."""
    assert ids(index.search(text))[:2] == ["rif", place]


def test_a_blank_text_asks_nothing(index):
    """Nothing typed, nothing shown."""
    assert index.search(" \n\t") == ()


FRAGMENTS = [
    '"',
    "*",
    "NEAR(a b)",
    "AND",
    "OR NOT",
    "^nom",
    "nom:",
    "-",
    "'; DROP TABLE entries; --",
    "\x00",
    "\u202e",
    "é",
    "12",
    "75",
    "ans",
    "保",
    "กุ",
    "(",
    "{a b}:",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join)))
def test_nothing_typed_is_read_as_a_command(index, text):
    """Quotes, operators, SQL, control and bidirectional signs: an answer all the same, within bounds."""
    hits = index.search(text, limit=7)

    assert bool(hits) == bool(text.strip())
    assert len(hits) <= 7
    assert len({hit.id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    "text", ["crèche " * 15_000, "x" * 100_000, "\ufdfa" * 100_000, "a." * 50_000, "1 " * 50_000, "保" * 100_000]
)
def test_a_very_long_text_costs_no_more_than_a_short_one(index, text):
    """Only so many words of so many letters are looked at."""
    query = query_of(text)

    assert len(query.said) <= MOST_WORDS
    assert all(len(word) <= LONGEST_WORD for word in query.said)
    assert index.search(text)


def test_many_may_search_at_once(index):
    """Eight threads find what one does."""
    texts = [f"{word} {district}" for word in ("pmi", "kreche", "mairie", "il me frape") for district in range(1, 21)]
    alone = [index.search(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(Index(index.knowledge).search, texts))

    assert together == alone


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("bij belleville", "pij-11-belleville"),
        ("école goutte d'or", "polyvalente-18-57-rue-de-la-goutte-d-or"),
        ("agence emploi laumière", "france-travail-19-laumiere"),
    ],
)
def test_a_place_that_bears_the_name_of_the_neighbourhood_comes_first(index, text, place):
    """By its own name or by its street, even when the neighbourhood begins in another arrondissement."""
    assert ids(index.search(text))[0] == place


@pytest.mark.parametrize("text", ["mjd guy moquet", "mjd métro brochant", "mjd clichy-batignolles"])
def test_a_station_is_an_address(index, text):
    """Who knows the metro and not the arrondissement finds the door of the 17th."""
    assert next(hit.id for hit in index.search(text) if hit.kind == "lieu") == "mjd-17"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("pmi et crèche 18", "pmi", "creche"),
        ("pmi + mairie 20", "pmi", "mairie-arrondissement"),
        ("rsa, laep 15", "rsa", "laep"),
    ],
)
def test_two_needs_at_once_are_answered_in_turn(index, text, first, second):
    """The best answer of each comes before the second answers of either, in the arrondissement said once."""
    hits = index.search(text)

    assert ids(hits)[:2] == [first, second]
    assert {index.by_id[hit.id].district for hit in hits} <= {None, *query_of(text).districts}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_neighbourhood_said_once_counts_for_each_need(index):
    """« goutte d'or » is said after the second need; the school of that street is found for the first too."""
    assert "polyvalente-18-57-rue-de-la-goutte-d-or" in ids(index.search("école ou pmi goutte d'or", 5))


@pytest.mark.parametrize("text", ["loyer et électricité", "séparation et 18", "pmi et xyzzyq", "mjd / 18"])
def test_an_and_that_joins_no_two_needs_parts_nothing(index, text):
    """One card meets both words, or one side alone asks for nothing: the query stays whole."""
    whole = text.replace(" et ", " ").replace(" / ", " ")

    assert ids(index.search(text))[:3] == ids(index.search(whole))[:3]


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("cerfa 15458", "ordonnance-protection"),
        ("11573", "ame"),
        ("15692*01", "mdph-dossier"),
        ("cerfa 12098", "allocation-veuvage"),
    ],
)
def test_a_form_is_found_by_its_number(index, text, card):
    """The number that a card gives in its steps is enough, with or without the version."""
    assert card in ids(index.search(text, 3))


def test_with_an_arrondissement_a_name_begun_still_counts(index):
    """« paris 9 » after the word does not hide that the card is called « Collège public »."""
    assert ids(index.search("collège paris 9"))[0] == "college"


# --- forms


def test_groups_follow_the_best_hit(index):
    """The kind of the first hit comes first, and nothing is lost."""
    hits = index.search("pmi 18")
    groups = grouped(hits)

    assert list(groups)[:2] == ["service", "lieu"]
    assert sorted(hit.id for group in groups.values() for hit in group) == sorted(ids(hits))


def test_the_json_form_is_the_documented_one(index, knowledge):
    """A card and a place, key by key; the place names its service."""
    line = search_line(index, knowledge, "ludo 12", limit=2)
    card, place = line["resultats"]

    assert line["requete"] == "ludo 12"
    assert {**card, "score": 0} == {
        "id": "ludotheque", "genre": "service", "type": "ludotheque", "nom": "Ludothèque", "arrondissement": None, "score": 0,
    }  # fmt: skip
    assert place["fiche"] == "ludotheque"
    assert (place["genre"], place["type"], place["arrondissement"]) == ("lieu", "ludotheque", 12)
    assert card["score"] > place["score"] > 0


def test_a_topic_and_a_right_have_no_type(index, knowledge):
    """Only services and their places have one."""
    lines = search_line(index, knowledge, "divorce")["resultats"] + search_line(index, knowledge, "asf")["resultats"]

    assert {line["genre"] for line in lines if line["type"] is None} >= {"theme", "droit"}
    assert all(line["type"] for line in lines if line["genre"] in ("service", "lieu"))


# --- content


def test_old_names_and_ages_name_cards_and_topics_that_exist(knowledge):
    """recherche.yaml leads nowhere else."""
    known = search_words()

    assert set(known.old_names) <= set(knowledge.by_id)
    assert set(known.topic_ages) <= set(knowledge.topic_by_id)


def _evaluation(name):
    return yaml.safe_load((EVALUATION / f"search-{name}.yaml").read_text(encoding="utf-8"))["requetes"]


@pytest.mark.parametrize("name", ["dev", "held"])
def test_a_hundred_desk_queries_find_their_card(index, knowledge, name):
    """Without any translated name, nine in ten have an expected card in the first five."""
    queries = _evaluation(name)
    expected = {entry for query in queries for entry in query["attendu"]}
    missed = [
        query["texte"]
        for query in queries
        if query["langue"] == "fr"
        and not {entry for entry, grade in query["attendu"].items() if grade == 2}
        & set(ids(index.search(query["texte"], 5)))
    ]

    assert len(queries) == 100
    assert expected <= {*knowledge.by_id, *knowledge.topic_by_id}
    assert len(missed) <= 10, missed


def test_two_letters_that_changed_places_are_put_back(index):
    """Whatever the order in which a start reads its words: « lape », « mdhp » are acronyms typed too fast."""
    assert ids(index.search("lape"))[0] == "laep"
    assert ids(index.search("mdhp"))[0].startswith("mdph")
