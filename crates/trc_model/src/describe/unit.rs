//! Units of an organisation.

use super::{FieldDescription, describe};

pub(super) const FIELDS: &[FieldDescription] = &[
    describe(
        "enhet",
        "adress",
        "Strandgatan 4",
        "Besöksadress; står på första sidan.",
        "The visiting address; stands on the first page.",
    ),
    describe("enhet", "postadress", "Box 12, 123 45 Lindvik", "Postadress.", "The postal address."),
    describe(
        "enhet",
        "telefon",
        "08-123 45 00",
        "Enhetens telefonnummer.",
        "The unit's telephone number.",
    ),
    describe(
        "enhet",
        "e-post",
        "omsorg@example.org",
        "Enhetens e-postadress.",
        "The unit's e-mail address.",
    ),
    describe("enhet", "webb", "lindvik.example.org", "Enhetens webbplats.", "The unit's web site."),
    describe(
        "enhet",
        "roll",
        "myndighetsutövning",
        "Vad enheten gör; mål kan gälla en roll.",
        "What the unit does; goals may concern a role.",
    ),
    describe(
        "enhet",
        "från",
        "2023-07-01",
        "Första dag som enheten finns.",
        "The first day on which the unit exists.",
    ),
    describe(
        "enhet",
        "till",
        "2026-06-30",
        "Sista dag som enheten finns.",
        "The last day on which the unit exists.",
    ),
    describe(
        "enhet",
        "ersätter",
        "norrmalm, östermalm",
        "De enheter som den här har tagit över efter.",
        "The units that this one has taken over from.",
    ),
    describe(
        "enhet",
        "organisationsnummer",
        "212000-0000",
        "Organisationsnummer.",
        "The organisation's number.",
    ),
];
