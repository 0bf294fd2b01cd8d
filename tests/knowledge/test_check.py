"""What an editor is told: every mistake has its file, its line, what is wrong and what to do."""

import pytest

from knowledge.reader import Where
from knowledge.template import new_card
from tests.knowledge.small_base import FRESH, ON, SOURCE, Base

RIGHT = "knowledge/droits/aide.yaml"
PLACE = "knowledge/lieux/rif-19.yaml"
LINE = "knowledge/numeros/ecoute.yaml"
ALONE = "- {fait: foyer, egal: seul, dit: Vous vivez seul., sinon: Cette aide est pour un parent seul., source: loi}"


@pytest.fixture
def base(tmp_path):
    """A small knowledge base with nothing wrong in it."""
    return Base(tmp_path)


def only(base):
    """Return the single problem of a base."""
    problems = base.problems()
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def test_a_base_without_mistakes_has_no_problem(base):
    """Nothing is reported where nothing is wrong."""
    assert base.found() == []


def test_a_misspelt_fact_is_named_with_the_right_one(base):
    """The line of the clause, and « vouliez-vous dire »."""
    base.change("droits/aide.yaml", "fait: foyer", "fait: foyers")

    problem = only(base)

    assert str(problem).splitlines() == [
        f"{RIGHT}:9: fait 'foyers' inconnu",
        "    -> vouliez-vous dire « foyer » ?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "hint"),
    [
        ("egal: seul,", "egal: seule,", 9, "fait 'foyer' n'a pas de valeur 'seule'", "vouliez-vous dire « seul » ?"),
        ("egal: seul,", "moins_de: 3,", 9, "'moins_de' ne s'applique pas à 'foyer' : écrivez egal ou parmi", "valeurs : couple, seul"),
        ("parametre: plafond}, dit", "parametre: plafon}, dit", 10, "paramètre 'plafon' inconnu, ou pas encore en vigueur le 2026-11-21", "vouliez-vous dire « plafond » ?"),
        ("moins_de: 20 ans", "moins_de: vingt ans", 13, "'age' se compare à « 3 ans » ou « 30 mois », pas à 'vingt ans'", ""),
        ("{fait: age, moins_de: 20 ans}", "{fait: foyer, egal: seul}", 13, "'foyer' est un fait de la famille", "sortez cette clause du groupe « enfant »"),
        ("fait: foyer, egal: seul", "fait: handicap, egal: oui", 9, "'handicap' est un fait d'un enfant", "écrivez-la dans « enfant: {existe: oui, tout: [...]} »"),
        ("parent seul., source: loi", "parent seul., source: loix", 9, "la source 'loix' n'est pas dans cette fiche", "vouliez-vous dire « loi » ?"),
        (" dit: Vous vivez seul.,", "", 9, "cette clause ne dit rien quand elle est remplie", "ajoutez « dit: » : la phrase qui explique pourquoi la fiche convient"),
        (" sinon: Cette aide est pour un parent seul.,", "", 9, "cette clause peut écarter la fiche sans dire pourquoi", "ajoutez « sinon: » ici ou au-dessus : la phrase qui explique pourquoi la fiche ne convient pas"),
    ],
)  # fmt: skip
def test_a_clause_without_meaning_or_words_is_found_at_its_line(base, old, new, line, what, hint):
    """Values, operators, bounds, parameters, sources and sentences of clauses."""
    base.change("droits/aide.yaml", old, new)

    told = [problem for problem in base.problems() if problem.what == what]

    assert [(problem.where, problem.hint, problem.warning) for problem in told] == [(Where(RIGHT, line), hint, False)]


def test_something_to_check_is_refused_under_a_negation(base):
    """Not probable would mean nothing."""
    base.change("droits/aide.yaml", ALONE, "- {non: {a_verifier: oui, dit: La Caf vérifie.}, dit: Oui., sinon: Non.}")

    assert f"{RIGHT}:9: « a_verifier » n'est pas permis sous « non »" in base.found()


@pytest.mark.parametrize(
    ("first", "second", "hint"),
    [
        ("a_partir_de: 1500", "moins_de: 1000", "rien n'est à la fois au moins 1500 et au plus 999"),
        ("plus_de: 1000", "au_plus: 1000", "rien n'est à la fois au moins 1001 et au plus 1000"),
        ("plus_de: 1000", "moins_de: 1001", "rien n'est à la fois au moins 1001 et au plus 1000"),
        ("egal: 900", "plus_de: 1000", "rien n'est à la fois au moins 1001 et au plus 900"),
    ],
)
def test_an_empty_interval_is_refused(base, first, second, hint):
    """Two bounds of one fact that no number can meet, euros being whole."""
    clause = "{fait: revenus_mois, %s, dit: Oui., sinon: Non., source: loi}"
    base.change("droits/aide.yaml", ALONE, f"- {clause % first}\n    - {clause % second}")
    base.change("droits/aide.yaml", "au_plus: {parametre: plafond}", "au_plus: 5000")

    problems = [problem for problem in base.problems() if "ne peuvent pas" in problem.what]

    assert [problem.hint for problem in problems] == [hint]


def test_two_bounds_that_leave_one_number_are_fine(base):
    """From 1000 and at most 1000 is the number 1000: nothing is empty."""
    clause = "{fait: revenus_mois, %s, dit: Oui., sinon: Non., source: loi}"
    base.change("droits/aide.yaml", ALONE, f"- {clause % 'a_partir_de: 1000'}\n    - {clause % 'au_plus: 1000'}")

    assert not [text for text in base.found() if "ne peuvent pas" in text]


def test_clauses_that_contradict_each_other_are_refused(base):
    """One fact cannot have two values at once, however deep the « tout »."""
    other = "{tout: [{fait: foyer, egal: couple, dit: Couple., sinon: Seul., source: loi}]}"
    base.change("droits/aide.yaml", ALONE, f"{ALONE}\n    - {other}")

    problem = next(problem for problem in base.problems() if "ne peuvent pas" in problem.what)

    assert problem.where == Where(RIGHT, 10)
    assert problem.hint == "[seul] et [couple]"


def test_a_clause_that_every_family_meets_is_pointed_out(base):
    """A list of all the values asks a question for nothing."""
    base.change("droits/aide.yaml", "fait: foyer, egal: seul", "fait: foyer, parmi: [seul, couple]")

    problem = next(problem for problem in base.problems() if "toutes les valeurs" in problem.what)

    assert (problem.where, problem.warning) == (Where(RIGHT, 9), True)


def test_a_clause_written_twice_is_pointed_out(base):
    """The second one, even with other words."""
    again = "- {fait: foyer, egal: seul, dit: Vous êtes seul., sinon: Non., source: loi}"
    base.change("droits/aide.yaml", ALONE, f"{ALONE}\n    {again}")

    problem = only(base)

    assert problem.where == Where(RIGHT, 10)
    assert problem.what == "cette clause est écrite deux fois au même endroit"


def test_a_group_speaks_for_its_parts(base):
    """With « sinon » on « au_moins_un », its clauses need none; only the first is heard without it."""
    part = "{fait: foyer, egal: seul, dit: Oui.%s, source: loi}"
    both = f"- au_moins_un: [{part % ''}, {{enfant: {{nombre_min: 3, dit: Trois enfants., source: loi}}}}]"
    base.change("droits/aide.yaml", ALONE, both)

    assert f"{RIGHT}:9: cette clause peut écarter la fiche sans dire pourquoi" in base.found()

    first = both.replace("dit: Oui.", "dit: Oui., sinon: Il faut être seul.")
    base.change("droits/aide.yaml", both, first)

    assert not [text for text in base.found() if "sans dire pourquoi" in text]

    base.change("droits/aide.yaml", first, f"{both}\n      sinon: Il faut être seul ou avoir trois enfants.")

    assert not [text for text in base.found() if "sans dire pourquoi" in text]


def test_an_example_that_does_not_hold_says_both_verdicts(base):
    """The expected word and the word found, at the example's line."""
    base.change("droits/aide.yaml", "revenus_mois: 900", "revenus_mois: 1201")

    assert f"{RIGHT}:24: l'exemple attend « oui », la fiche répond « non »" in base.found()


def test_an_example_counts_its_amounts_on_its_own_day(base):
    """A value in force from December makes a family of November still excluded, of December included."""
    base.change(
        "parametres/aides.yaml",
        "source: loi}]",
        'source: loi}, {depuis: 2026-12-01, valeur: "1300", source: loi}]',
    )
    base.change("droits/aide.yaml", "revenus_mois: 900", "revenus_mois: 1250")

    assert f"{RIGHT}:24: l'exemple attend « oui », la fiche répond « non »" in base.found()

    base.change("droits/aide.yaml", "verdict: oui}", "verdict: oui, le: 2026-12-02}")

    assert base.found() == []


def test_where_the_family_lives_is_part_of_an_example(base):
    """A card for Paris is inconnu for a family whose home is not known."""
    base.change("droits/aide.yaml", "organisme: Caf", "organisme: Caf\nzone: paris")

    assert f"{RIGHT}:25: l'exemple attend « oui », la fiche répond « inconnu »" in base.found()


@pytest.mark.parametrize(
    ("pattern", "verdicts"),
    [("verdict: oui", "oui ou probable"), ("verdict: non", "non"), ("verdict: inconnu", "inconnu")],
)
def test_every_verdict_that_can_be_has_an_example(base, pattern, verdicts):
    """One yes, one no and one unknown, as soon as there are conditions."""
    base.remove_lines("droits/aide.yaml", pattern)

    assert base.found() == [f"{RIGHT}:23: aucun exemple n'a le verdict {verdicts}"]


def test_a_verdict_that_cannot_be_needs_no_example(base):
    """With only something to check, no family gets a no."""
    text = (base.folder / "droits/aide.yaml").read_text()
    start, end = text.index("conditions:"), text.index("demarches:")
    base.change(
        "droits/aide.yaml",
        text[start:end],
        "conditions: {a_verifier: oui, dit: La Caf vérifie., source: loi}\n",
    )
    base.change("droits/aide.yaml", text[text.index("exemples:") :], "exemples: [{faits: {}, verdict: probable}]\n")

    assert base.found() == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Une aide de 12 € par mois.", "12 €"),
        ("Une aide de 1 200,50 euros.", "1 200,50 euros"),
        ("Jusqu'à 40€.", "40€"),
    ],
)
def test_an_amount_in_figures_is_refused(base, text, shown):
    """Amounts change every year: they stand in parametres/ only."""
    base.change("droits/aide.yaml", "resume: Une aide pour les parents seuls.", f'resume: "{text}"')

    assert only(base).where == Where(RIGHT, 4)
    assert only(base).what == f"un montant est écrit en chiffres : « {shown} »"


def test_an_amount_may_stand_in_a_note_on_freshness(base):
    """« Montant de 2019 : 40 € » tells how sure the card is."""
    base.change("droits/aide.yaml", "confiance: haute}", 'confiance: haute, note: "Le montant de 2019 était 40 €."}')

    assert base.found() == []


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("Le {plafon}.", "le paramètre {plafon} n'existe pas", "vouliez-vous dire « plafond » ?"),
        ("Le {tel:ecout}.", "le numéro {tel:ecout} n'existe pas", "vouliez-vous dire « ecoute » ?"),
        ("Le { plafond }.", "le paramètre { plafond } n'existe pas", "vouliez-vous dire « plafond » ?"),
        ("Le {plafond.", "une accolade ne forme pas un nom", "écrivez {parametre} ou {tel:numero}"),
    ],
)
def test_a_placeholder_must_lead_somewhere(base, text, what, hint):
    """Amounts and telephone numbers named in a sentence."""
    base.change("droits/aide.yaml", "resume: Une aide pour les parents seuls.", f'resume: "{text}"')

    assert (only(base).what, only(base).hint) == (what, hint)


def test_a_long_sentence_is_a_warning(base):
    """Twenty-six words are too many, twenty-five are not."""
    base.change("droits/aide.yaml", "pour_qui: Un parent seul.", f"pour_qui: {' '.join(['mot'] * 25)}. Un parent.")

    assert base.found() == []

    base.change("droits/aide.yaml", "pour_qui: mot", "pour_qui: mot mot")

    assert (only(base).what, only(base).warning) == ("une phrase de 26 mots", True)


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "what"),
    [
        ("droits/aide.yaml", "services_aide: [rif]", "services_aide: [riff]", f"{RIGHT}:20", "le service 'riff' n'existe pas"),
        ("droits/aide.yaml", "services_aide: [rif]", "services_aide: [ecoute]", f"{RIGHT}:20", "'ecoute' n'est pas un service"),
        ("droits/aide.yaml", "Au plus., parametre: plafond", "Au plus., parametre: plafon", f"{RIGHT}:19", "le paramètre 'plafon' n'existe pas"),
        ("droits/aide.yaml", "themes: [separation]", "themes: [separations]", f"{RIGHT}:3", "thème 'separations' inconnu"),
        ("lieux/rif-19.yaml", "service: rif", "service: rifs", f"{PLACE}:3", "le service 'rifs' n'existe pas"),
        ("themes.yaml", "toujours: [ecoute]", "toujours: [ecoutes]", "knowledge/themes.yaml:2", "« toujours » nomme 'ecoutes', qui n'existe pas"),
        ("themes.yaml", "toujours: [ecoute]", "toujours: [aide]", "knowledge/themes.yaml:2", "« toujours » nomme 'aide', qui a des conditions"),
        ("themes.yaml", "toujours: [ecoute]", "toujours: [rif-19]", "knowledge/themes.yaml:2", "« toujours » nomme 'rif-19', qui n'est pas une fiche"),
        ("parametres/aides.yaml", "1200\", source: loi", "1200\", source: loin", "knowledge/parametres/aides.yaml:5", "la source 'loin' n'est pas dans ce fichier"),
        ("codes.yaml", 'rif: "A3B"', 'rif: "A1B"', "knowledge/codes.yaml:3", "'rif' et 'aide' ont le même code A1B"),
        ("codes.yaml", 'rif: "A3B"', 'rif: "000"', "knowledge/codes.yaml:3", "le code '000' de 'rif' est mal formé"),
        ("codes.yaml", 'rif: "A3B"\n', "", "knowledge/services/rif.yaml:1", "'rif' n'a pas encore de code"),
    ],
)  # fmt: skip
def test_a_name_must_lead_somewhere(base, file, old, new, where, what):
    """Services, topics, parameters, sources and codes named in files."""
    base.change(file, old, new)

    assert f"{where}: {what}" in base.found()


def test_an_id_serves_once_over_all_kinds(base):
    """A service cannot take the former id of a right."""
    base.change("droits/aide.yaml", "nom: Aide", "nom: Aide\nanciens_ids: [rif]")

    assert "knowledge/services/rif.yaml:1: l'id 'rif' est déjà pris par droits/aide.yaml" in base.found()


def test_a_file_is_named_after_its_id(base):
    """The id of a link is the name of the file."""
    base.change("services/rif.yaml", "id: rif", "id: rif-paris")

    assert "knowledge/services/rif.yaml:1: id 'rif-paris' n'est pas le nom du fichier" in base.found()


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("telephone: 01 44 52 29 19", "telephone: 01 44 52 29", 9, "« 01 44 52 29 » n'est pas un numéro de téléphone français"),
        ('"Mo-Fr 09:00-17:00"', '"Mo-Fr 9h-17h"', 10, "les horaires « Mo-Fr 9h-17h » ne se lisent pas"),
        ('"Mo-Fr 09:00-17:00"', '"SH Mo-Fr 09:00-17:00"', 10, "« SH » (vacances scolaires) n'est pas compris"),
        ('"Mo-Fr 09:00-17:00"', '"sunrise-sunset"', 10, "des horaires qui suivent le soleil ne se disent pas"),
        ('"Mo-Fr 09:00-17:00"', '"Mo-Fr 09:00-17:00"\nfermetures: [{du: 2026-08-01, au: 2026-11-20}]', 11, "cette fermeture a pris fin le 2026-11-20"),
        ('"Mo-Fr 09:00-17:00"', '"Mo-Fr 09:00-17:00"\nfermetures: [Fermé parfois.]', 11, "une fermeture sans dates : ce lieu n'est jamais dit ouvert"),
        ('"Mo-Fr 09:00-17:00"', '"Mo-Fr 09:00-17:00"\nfermetures: [{du: 2026-12-01, au: 2026-11-30}]', 11, "« au » ne vient pas avant « du »"),
        ('"Mo-Fr 09:00-17:00"', '"Mo-Fr 09:00-17:00"\nfermetures: [{texte: Un jour, au: 2026-11-30}]', 11, "« au » demande « du »"),
        ('"Mo-Fr 09:00-17:00"', '"Mo-Fr 09:00-17:00"\nfermetures: [{chaque_annee: 07-20 au 09-10}]', 11, "« chaque_annee » va avec « texte », sans « du » ni « au »"),
        ("code_postal: 75019", "code_postal: 75018", 5, "le code postal 75018 n'est pas dans le 19e arrondissement"),
        ("lat: 48.883", "lat: 48.950", 7, "ce point est hors de Paris"),
        ("lat: 48.883\nlon: 2.382", "lat: 48.842\nlon: 2.300", 7, "ce point est à 8.0 km du centre du 19e arrondissement"),
        ("lon: 2.382\n", "", 7, "« lat » et « lon » vont ensemble"),
        ("confiance: haute", "confiance: basse", 12, "un lieu de confiance basse n'est pas montré"),
        (", licence: publique", "", 11, "aucune source de ce lieu n'a de licence connue"),
        ("licence: publique", "licence: non vue", 11, "aucune source de ce lieu n'a de licence connue"),
    ],
)  # fmt: skip
def test_a_place_leads_to_a_door(base, old, new, line, what):
    """Numbers, hours, postcode, coordinates, confidence and licence of places."""
    base.change("lieux/rif-19.yaml", old, new)

    assert base.found() == [f"{PLACE}:{line}: {what}"]


@pytest.mark.parametrize(
    "closure", ["{du: 2026-11-20, au: 2026-11-21}", "{du: 2026-12-01}", "{texte: Noël., chaque_annee: 12-24 au 01-02}"]
)
def test_a_closure_with_dates_is_fine(base, closure):
    """A closure that ends today, one until further notice, one of each year: nothing to mend."""
    base.change("lieux/rif-19.yaml", '"Mo-Fr 09:00-17:00"', f'"Mo-Fr 09:00-17:00"\nfermetures: [{closure}]')

    assert base.found() == []


def test_the_sixteenth_has_two_postcodes(base):
    """75116 is in the 16th, and nowhere else."""
    base.change(
        "lieux/rif-19.yaml",
        "code_postal: 75019\narrondissement: 19",
        "code_postal: 75116\narrondissement: 16",
    )
    base.remove_lines("lieux/rif-19.yaml", "^l(at|on):")

    assert base.found() == []

    base.change("lieux/rif-19.yaml", "arrondissement: 16", "arrondissement: 17")

    assert base.found() == [f"{PLACE}:5: le code postal 75116 n'est pas dans le 17e arrondissement"]


@pytest.mark.parametrize("number", ["115", "3919", "116 006", "0 800 05 41 41", "01 44 52 29 19"])
def test_short_numbers_are_numbers(base, number):
    """Emergency and help numbers have two to six digits."""
    base.change("numeros/ecoute.yaml", 'numero: "3919"', f'numero: "{number}"')

    assert base.found() == []


def test_a_number_out_of_service_names_its_successor(base):
    """Or a warning says that nothing replaces it."""
    other = 'id: autre\nnom: Autre\nthemes: [separation]\nresume: Une écoute.\npour_qui: Tous.\nnumero: "119"\nniveau: info\n'
    base.add("numeros/autre.yaml", f"{other}en_service: non\n{SOURCE}\n{FRESH}\n")
    base.change("codes.yaml", "ecoute:", 'autre: "A6B"\necoute:')

    assert (only(base).warning, only(base).where) == (True, Where("knowledge/numeros/autre.yaml", 8))

    base.change("numeros/autre.yaml", "en_service: non", "en_service: non\nremplace_par: ecoute")

    assert base.found() == []

    base.change("droits/aide.yaml", "tel:ecoute", "tel:autre")

    assert base.found() == [f"{RIGHT}:18: le numéro {{tel:autre}} n'est plus en service"]


def test_what_is_overdue_is_a_warning(base):
    """Cards and amounts past the day they had to be looked at again, from that day on."""
    base.change("droits/aide.yaml", "2027-05-21", "2026-11-21").change(
        "droits/aide.yaml", "verifie_le: 2026-11-21", "verifie_le: 2026-01-21"
    )
    base.change("parametres/aides.yaml", "revoir_avant: 2027-04-01", "revoir_avant: 2026-11-21")

    problems = base.problems()

    assert [(str(problem.where), problem.warning) for problem in problems] == [
        (f"{RIGHT}:22", True),
        ("knowledge/parametres/aides.yaml:6", True),
    ]


def test_a_check_cannot_date_from_tomorrow(base):
    """The day of a check has come."""
    base.change("lieux/rif-19.yaml", "verifie_le: 2026-11-21", "verifie_le: 2026-11-22")

    assert base.found() == [f"{PLACE}:12: vérifiée le 2026-11-22, un jour qui n'est pas encore venu"]


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://caf", "'url' : le nom du site est mal écrit : https://caf"),
        ("https://www.caf.fr./aide", "'url' : le nom du site est mal écrit : https://www.caf.fr./aide"),
        (
            "https://moi:secret@caf.fr",
            "'url' : l'adresse contient un identifiant ou un port : https://moi:secret@caf.fr",
        ),
    ],
)
def test_an_address_is_well_formed(base, url, what):
    """Without opening it: a host, no password; a source keeps the address it was read at."""
    base.change("services/rif.yaml", "https://www.legifrance.gouv.fr/loi", url)

    assert only(base).what == what
    assert only(base).warning == url.startswith("http://")


def test_keys_are_written_in_french(base):
    """The names used by the code are no keys: what stands there would escape the checks."""
    base.change("droits/aide.yaml", "resume:", "summary:")

    assert f"{RIGHT}:4: clé 'summary' inconnue" in base.found()


def test_a_card_left_unfinished_is_refused(base):
    """What « new » leaves to write is listed, line by line, sources included."""
    base.add("numeros/nouveau.yaml", new_card("numero", "nouveau", ON))
    base.change("themes.yaml", "id: separation", "id: devenir-parent")
    base.change("codes.yaml", "separation:", 'nouveau: "A7B"\ndevenir-parent:')

    lines = [text for text in base.found() if text.startswith("knowledge/numeros/nouveau.yaml")]

    assert [text.split(": ", 1)[1] for text in lines] == [
        f"« {key} » reste à écrire" for key in ("nom", "resume", "pour_qui", "titre", "licence")
    ]


def test_every_mistake_is_told_at_once(base):
    """A file that cannot be read hides nothing of the others, and blames nobody who names its card."""
    base.change("services/rif.yaml", "zone: paris", "zonne: paris")
    base.change("lieux/rif-19.yaml", "code_postal: 75019", "code_postal: 75001")
    base.change("droits/aide.yaml", "fait: foyer", "fait: foyers")

    assert base.found() == [
        f"{RIGHT}:9: fait 'foyers' inconnu",
        f"{PLACE}:5: le code postal 75001 n'est pas dans le 19e arrondissement",
        "knowledge/services/rif.yaml:6: clé 'zonne' inconnue",
    ]


def test_amounts_that_cannot_be_read_are_reported_once(base):
    """The cards that use them are not blamed."""
    base.change("parametres/aides.yaml", "unite: EUR/mois", "unite: francs")

    assert [text.split(": ")[0] for text in base.found()] == ["knowledge/parametres/aides.yaml:4"]
