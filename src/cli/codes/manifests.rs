//! Codes of what is said about other tools' files.

use super::{Code, code, words};

pub(super) static MANIFESTS: &[Code] = &[
    code(
        "manifest/template",
        words("A template is no YAML yet", "Un modèle n’est pas encore du YAML"),
        words(
            "A template engine (Helm, Jinja, ERB) has yet to fill this file in. It is named where it breaks as YAML, and no part of it is judged. Fill it in and pipe what comes out: `helm template DIR | epure check -`.",
            "Un moteur de modèles (Helm, Jinja, ERB) doit encore remplir ce fichier. L’endroit où il casse comme YAML est indiqué, et rien n’en est jugé. Remplissez-le et passez-en le résultat : `helm template DIR | epure check -`.",
        ),
    ),
    code(
        "manifest/chart",
        words("A Helm chart is to be rendered first", "Un chart Helm est d’abord à générer"),
        words(
            "What stands below its `templates` becomes objects only with values, and épure does not run Helm: `helm template DIR | epure check -`.",
            "Ce qui est sous ses `templates` ne devient des objets qu’avec des valeurs, et épure n’exécute pas Helm : `helm template DIR | epure check -`.",
        ),
    ),
    code(
        "manifest/kustomization",
        words("A kustomization is to be built first", "Une kustomization est d’abord à construire"),
        words(
            "Its whole files are judged as they stand; names, labels, images and patches that it would change are not known. épure does not run kustomize: `kustomize build DIR | epure check -` judges what comes out.",
            "Ses fichiers entiers sont jugés tels quels ; les noms, étiquettes, images et correctifs qu’elle changerait ne sont pas connus. épure n’exécute pas kustomize : `kustomize build DIR | epure check -` juge ce qui en sort.",
        ),
    ),
    code(
        "manifest/patch",
        words("A part of an object is not judged", "Une partie d’objet n’est pas jugée"),
        words(
            "A kustomization names the file as a patch, or a workload has neither a selector nor any image while a kustomization or a whole object of its name is among the files. What a patch leaves out stands elsewhere, so that no rule could say anything true about it.",
            "Une kustomization nomme le fichier comme correctif, ou une charge n’a ni sélecteur ni image alors qu’une kustomization ou un objet entier de son nom est parmi les fichiers. Ce qu’un correctif omet se trouve ailleurs : aucune règle n’en dirait rien de vrai.",
        ),
    ),
    code(
        "manifest/of-the-cluster",
        words("What the cluster itself runs is not judged", "Ce que le cluster fait tourner lui-même n’est pas jugé"),
        words(
            "A dump also holds what the distribution brings: `kube-system` and its like, and the static pods of the control plane. Nobody who reads the findings can change most of it, so that it is counted and set apart; pods that have ended are left out. A dump of such a namespace alone is judged, and so is what a file puts there.",
            "Une copie d’un cluster contient aussi ce qu’apporte la distribution : `kube-system` et ses semblables, et les pods statiques du plan de contrôle. Qui lit les constats n’y peut presque rien changer : c’est compté et mis à part ; les pods finis sont omis. La copie d’un tel namespace seul est jugée, comme ce qu’un fichier y met.",
        ),
    ),
    code(
        "manifest/outside",
        words("A path leads out of the workspace", "Un chemin sort de l’espace de travail"),
        words(
            "`manifests:` names files by paths from the folder of `epure.yaml`. What lies outside is not read, so that a design says the same wherever its folder is copied to.",
            "`manifests:` nomme des fichiers par des chemins depuis le dossier d’`epure.yaml`. Ce qui est dehors n’est pas lu : une conception dit la même chose où que son dossier soit copié.",
        ),
    ),
    code(
        "manifest/not-found",
        words("Nothing that runs stands at a path", "Rien qui tourne ne se trouve à un chemin"),
        words(
            "A component is bound to a file or folder in which there is no workload: it is not there, it is a patch or a chart, or it is no YAML.",
            "Un composant est lié à un fichier ou dossier sans aucune charge : il n’existe pas, c’est un correctif ou un chart, ou ce n’est pas du YAML.",
        ),
    ),
    code(
        "manifest/no-such-object",
        words("A file has no workload of that name", "Un fichier n’a aucune charge de ce nom"),
        words(
            "Without `object:` the workload or service is the one that is called as the component is, or the only one that the files hold. Where there are several, say which.",
            "Sans `object:`, la charge ou le service est celui qui s’appelle comme le composant, ou le seul que les fichiers contiennent. S’il y en a plusieurs, dites lequel.",
        ),
    ),
    code(
        "manifest/unreadable",
        words("A file or folder cannot be read", "Un fichier ou dossier ne se lit pas"),
        words(
            "The system refused it, for the reason that is shown. The other files are checked all the same.",
            "Le système l’a refusé, pour la raison indiquée. Les autres fichiers sont vérifiés quand même.",
        ),
    ),
    code(
        "manifest/too-many-objects",
        words("There are more objects than are judged", "Il y a plus d’objets qu’il n’en est jugé"),
        words(
            "One run judges 10,000 objects. The rest was read and is not judged: check fewer folders, or namespaces, at once.",
            "Une exécution juge 10 000 objets. Le reste a été lu et n’est pas jugé : vérifiez moins de dossiers, ou de namespaces, à la fois.",
        ),
    ),
];
