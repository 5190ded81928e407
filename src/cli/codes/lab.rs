//! The codes of what a lab expects.

use super::{Code, code};
use crate::analysis::rule::words;

pub(super) static LAB: &[Code] = &[
    code(
        "lab/section",
        words(
            "A section that the lab expects is missing or too short",
            "Une section que le lab attend manque ou est trop courte",
        ),
        words(
            "`lab.expects.sections` of `epure.yaml` names headings. Beneath each there are so many words of the author's own; quotations, which hold the questions, code and figures do not count.",
            "`lab.expects.sections` d’`epure.yaml` nomme des titres. Sous chacun se trouvent tant de mots de l’auteur ; les citations, qui portent les questions, le code et les figures ne comptent pas.",
        ),
    ),
    code(
        "lab/figure",
        words("A figure that the lab expects is not placed", "Une figure que le lab attend n’est pas placée"),
        words(
            "`lab.expects.figures` names figures as a block does: `timeline: delete-a-pod`. Place it in a report.",
            "`lab.expects.figures` nomme des figures comme le fait un bloc : `timeline: delete-a-pod`. Placez-la dans un rapport.",
        ),
    ),
    code(
        "lab/prediction",
        words("A prediction that the lab expects is missing", "Une prédiction que le lab attend manque"),
        words(
            "Say what you expect before you try it: `predicted: {ready: 30 s}` beneath the scenario's `timeline:`. `epure check --each` counts a prediction as right from half the earliest to twice the latest time that is simulated.",
            "Dites ce que vous attendez avant d’essayer : `predicted: {ready: 30 s}` sous le `timeline:` du scénario. `epure check --each` tient une prédiction pour juste de la moitié du premier au double du dernier instant simulé.",
        ),
    ),
    code(
        "lab/observation",
        words("Evidence that the lab expects is missing", "Un relevé que le lab attend manque"),
        words(
            "Record what really happened, keep the file in the workspace, and name it in `observed:` beneath the scenario's `timeline:`.",
            "Enregistrez ce qui s’est vraiment passé, gardez le fichier dans l’espace de travail et nommez-le dans `observed:` sous le `timeline:` du scénario.",
        ),
    ),
    code(
        "lab/rule",
        words("A rule that the lab expects to pass does not", "Une règle que le lab attend ne passe pas"),
        words(
            "`lab.expects.rules` names rules. Each passes somewhere and fails nowhere, unless a waiver says why.",
            "`lab.expects.rules` nomme des règles. Chacune passe quelque part et n’échoue nulle part, sauf si une dérogation dit pourquoi.",
        ),
    ),
    code(
        "lab/unknown",
        words("The lab expects something that does not exist", "Le lab attend quelque chose qui n’existe pas"),
        words(
            "No rule or figure has this name, so that no submission could be complete. `epure explain` lists every rule and figure.",
            "Aucune règle ni figure ne porte ce nom : aucune remise ne pourrait être complète. `epure explain` énumère toutes les règles et figures.",
        ),
    ),
];
