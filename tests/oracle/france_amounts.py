"""The amounts and ceilings of the product, worked out again from the parameters of openfisca-france.

Runs in the oracle's process only. The CRDS (0.5 %) is taken off where the Caf pays net of it.
"""

from __future__ import annotations

from typing import Any

_HOMES = ("seul", "couple_un_revenu", "couple_deux_revenus")


def amounts(system: Any, month: str) -> dict[str, float]:
    """Return amounts by the id they have in ``knowledge/parametres``; tables as ``id/children/household``."""
    law = system.parameters(month).prestations_sociales
    return {**_family(law), **_minima(law), **_tables(law)}


def _family(law: Any) -> dict[str, float]:
    family = law.prestations_familiales
    general, school = family.prestations_generales, family.education_presence_parentale
    young = family.petite_enfance.paje
    rates = {
        "af-deux-enfants": general.af.af_cm.taux.enf2,
        "af-enfant-suivant": general.af.af_cm.taux.enf3,
        "af-majoration-age": general.af.af_maj.maj_age_deux_enfants.taux1,
        "af-forfait-vingt-ans": general.af.af_maj.majoration_enfants.allocation_forfaitaire.taux,
        "cf-base": general.cf.cf_cm.complement_familial.taux_cf_base,
        "cf-majore": general.cf.cf_cm.complement_familial.taux_cf_majore,
        "asf-taux-partiel": school.asf.montant_asf.orphelin_assimile_seul_parent,
        "asf-taux-plein": school.asf.montant_asf.orphelin_assimile_deux_parents,
        "ars-6-10-ans": school.ars.ars_m.taux_primaire,
        "ars-11-14-ans": school.ars.ars_m.taux_college,
        "ars-15-18-ans": school.ars.ars_m.taux_lycee,
        "paje-prime-naissance": young.paje_cm2.montant.prime_naissance,
        "paje-prime-adoption": young.paje_cm2.montant.prime_adoption,
        "paje-ab-taux-plein": young.paje_cm.montant.allocation_base_taux_plein.apres_2018.taux,
        "paje-ab-taux-partiel": young.paje_cm.montant.allocation_base_taux_partiel,
    }
    without_crds = {
        "aeeh-base": school.aeeh.base,
        "aeeh-complement-1": school.aeeh.complement_allocation.categorie_1,
        "aeeh-complement-5": school.aeeh.complement_allocation.categorie_5,
        "aeeh-parent-seul-6": school.aeeh.majoration_parent_isole.categorie_6,
    }
    base = family.bmaf.bmaf
    ceilings = general.af.af_cond_ress
    return {
        **{name: base * rate * 0.995 for name, rate in rates.items()},
        **{name: base * rate for name, rate in without_crds.items()},
        "af-plafond-plein-deux-enfants": ceilings.plafond_tranche_1,
        "af-plafond-moitie-deux-enfants": ceilings.plafond_tranche_2,
        "af-plafond-par-enfant": ceilings.majoration_plafond_par_enfant_supplementaire,
    }


def _minima(law: Any) -> dict[str, float]:
    rsa, bonus = law.solidarite_insertion.minima_sociaux.rsa, law.solidarite_insertion.minima_sociaux.ppa.pa_m
    base, more, alone = rsa.rsa_m.montant_de_base_du_rsa, rsa.rsa_maj.maj_montant_max, rsa.rsa_maj
    pregnant = alone.majoration_isolement_en_base_rsa.femmes_enceintes
    child = alone.majoration_isolement_en_base_rsa.par_enfant_a_charge
    second = 1 + more.couples_celibataire_avec_enfant
    return {
        "rsa-seul": base,
        "rsa-deux-personnes": base * second,
        "rsa-trois-personnes": base * (second + more.couple_1_enfant_ou_2e_enfant),
        "rsa-couple-deux-enfants": base * (second + 2 * more.couple_1_enfant_ou_2e_enfant),
        "rsa-enfant-suivant": base * more.par_enfant_supplementaire,
        "rsa-majore-grossesse": base * pregnant,
        "rsa-majore-un-enfant": base * (pregnant + child),
        "rsa-majore-deux-enfants": base * (pregnant + 2 * child),
        "rsa-majore-enfant-suivant": base * child,
        "prime-activite-forfait": bonus.montant_de_base,
        "prime-activite-bonus": bonus.montant_de_base * bonus.bonification.taux_bonification_max,
        "prime-activite-minimum": bonus.montant_minimum_verse,
        "aah-montant-max": law.prestations_etat_de_sante.invalidite.aah.montant,
    }


def _tables(law: Any) -> dict[str, float]:
    family = law.prestations_familiales
    young = family.petite_enfance.paje.paje_plaf.ne_adopte_apres_04_2018
    large = family.prestations_generales.cf.cf_plaf
    school = family.education_presence_parentale.ars.ars_plaf
    first, next_ones = young.majorations_enfants.premier_2eme_enfant, young.majorations_enfants.troisieme_plus_enfant
    found = {}
    for children in range(1, 7):
        share = 1 + first * min(children, 2) + next_ones * max(children - 2, 0)
        of_cf = large.majoration.deux_premiers_enf * 2 + large.majoration.troisieme_enf_et_plus * max(children - 2, 0)
        for home in _HOMES:
            two = home != "couple_un_revenu"
            place = f"{children}/{home}"
            for name, table in (("paje-plafond-plein", young.taux_plein), ("paje-plafond-partiel", young.taux_partiel)):
                ceiling = table.plafond_ressources_0_enfant * share + table.biactifs_parents_isoles * two
                found[f"{name}/{place}"] = ceiling
            found[f"paje-plafond-enfants-nes/{place}"] = found[f"paje-plafond-partiel/{place}"]
            found[f"ars-plafond/{place}"] = school.plafond_ressources * (1 + school.majoration_par_enf_supp * children)
            if children >= 3:
                ceiling = large.plafond_ressources_0_enfant * (1 + of_cf) + large.majoration.biactifs_isoles * two
                found[f"cf-plafond/{place}"] = ceiling
    return found
