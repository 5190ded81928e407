//! What each code about evidence means: what somebody observed of a failure.

use super::{Code, code};
use crate::analysis::rule::words;

/// The family `observed/`.
pub static OBSERVED: &[Code] = &[
    code(
        "observed/no-such-file",
        words("A file of evidence is not there", "Un fichier de relevé n’existe pas"),
        words(
            "`observed:` names a file of the workspace by its path from the workspace's folder, or holds the evidence itself: a block of lines after `observed: |`.",
            "`observed:` nomme un fichier de l’espace de travail par son chemin depuis le dossier de celui-ci, ou contient le relevé lui-même : un bloc de lignes après `observed: |`.",
        ),
    ),
    code(
        "observed/outside",
        words(
            "A file of evidence lies outside of the workspace",
            "Un fichier de relevé est hors de l’espace de travail",
        ),
        words(
            "Nothing outside of the workspace's folder is read, by no `..`, absolute path or link, so that a workspace builds the same anywhere. Copy the evidence into it.",
            "Rien n’est lu hors du dossier de l’espace de travail, ni par `..`, ni par un chemin absolu, ni par un lien : il se construit ainsi partout de la même façon. Copiez-y le relevé.",
        ),
    ),
    code(
        "observed/unknown-format",
        words("Evidence is in no known format", "Un relevé n’est dans aucun format connu"),
        words(
            "Formats are told by what stands in the file: JSON of `kubectl get events,pods,nodes -o json`, also with `--watch`; the tables of `kubectl get pods`, `nodes` and `events`, watched or not; or a list by hand with lines such as `11:35:06 node/worker-3 NotReady`. `-o yaml`, archives and screenshots are none of them.",
            "Le format se reconnaît au contenu : le JSON de `kubectl get events,pods,nodes -o json`, aussi avec `--watch` ; les tableaux de `kubectl get pods`, `nodes` et `events`, suivis ou non ; ou une liste écrite à la main, de lignes comme `11:35:06 node/worker-3 NotReady`. Ni `-o yaml`, ni une archive, ni une capture d’écran.",
        ),
    ),
    code(
        "observed/nothing-in-it",
        words("Evidence tells of no failure", "Un relevé ne raconte aucune panne"),
        words(
            "It is empty, or holds no pod, node or event that tells of one. Events are kept for an hour: record them while the failure lasts, and record pods as well, whose own times last longer.",
            "Il est vide, ou ne contient aucun pod, nœud ou événement qui en raconte une. Les événements sont gardés une heure : enregistrez-les pendant la panne, et enregistrez aussi les pods, dont les heures durent plus longtemps.",
        ),
    ),
    code(
        "observed/too-large",
        words("Evidence is larger than what is read", "Un relevé est plus gros que ce qui est lu"),
        words(
            "A file over 64 MiB is not read, and of a smaller one no more than 50,000 observations are kept. Record the namespace of the design, from shortly before the failure until it is over.",
            "Un fichier de plus de 64 Mio n’est pas lu, et d’un plus petit on garde au plus 50 000 observations. Enregistrez le namespace de la conception, de peu avant la panne jusqu’à son terme.",
        ),
    ),
    code(
        "observed/truncated",
        words("JSON of evidence breaks off", "Le JSON d’un relevé s’interrompt"),
        words(
            "A watch that was stopped, a full disk or a pasted part ends in the middle of an object. What stands before the break is used, and after it what starts on a line of its own.",
            "Un suivi interrompu, un disque plein ou un collage partiel finit au milieu d’un objet. Ce qui précède la coupure est utilisé, et après elle ce qui commence en début de ligne.",
        ),
    ),
    code(
        "observed/unread-line",
        words("A line of evidence was not understood", "Une ligne d’un relevé n’a pas été comprise"),
        words(
            "Every other line is used. A list's line has a time (`11:35:06`, `2026-11-26T11:35:06Z`, `+43.98 s`), an object (`node/…`, `pod/…`, `component/…`) and what happened; `#` starts a comment. A line that starts with no time is shown as dots, since it may hold anything.",
            "Toutes les autres lignes sont utilisées. Une ligne de liste porte une heure (`11:35:06`, `2026-11-26T11:35:06Z`, `+43.98 s`), un objet (`node/…`, `pod/…`, `component/…`) et ce qui s’est passé ; `#` commence un commentaire. Une ligne qui ne commence pas par une heure est montrée en points, car elle peut contenir n’importe quoi.",
        ),
    ),
    code(
        "observed/other-cluster",
        words(
            "Evidence is of another cluster or design",
            "Un relevé vient d’un autre cluster ou d’une autre conception",
        ),
        words(
            "No pod's name begins with the name of a component: `quote-app-7d9c6b7f5-x2x1z` belongs to `quote-app`, `quote-db-0` to `quote-db`. Other pods may be there as well, but not alone. Nodes are free in their names: `nodes:` says which is which.",
            "Aucun nom de pod ne commence par celui d’un composant : `quote-app-7d9c6b7f5-x2x1z` appartient à `quote-app`, `quote-db-0` à `quote-db`. D’autres pods peuvent s’y trouver aussi, mais pas seuls. Les nœuds portent des noms libres : `nodes:` dit lequel est lequel.",
        ),
    ),
    code(
        "observed/time-zone",
        words("Times of evidence are of several kinds", "Les heures d’un relevé sont de plusieurs sortes"),
        words(
            "Some say their zone and others do not, or they go back by whole hours, as when a shell's clock and a log in UTC are put together, or `since:` is whole hours from the first sign of the failure: an hour would be taken for an outage. Write every time with its zone.",
            "Les unes disent leur fuseau et d’autres non, ou elles reculent d’heures entières, comme quand l’horloge d’un terminal et un journal en UTC se mêlent, ou `since:` est à des heures entières du premier signe de la panne : une heure passerait pour une interruption. Écrivez chaque heure avec son fuseau.",
        ),
    ),
    code(
        "observed/backwards",
        words("Times of evidence run backwards", "Les heures d’un relevé reculent"),
        words(
            "A list and a watched table are in the order of time. What was observed is put in order by its times; a wrong clock or a misread line stays wrong.",
            "Une liste et un tableau suivi sont dans l’ordre du temps. Ce qui est observé est remis dans l’ordre de ses heures ; une horloge fausse ou une ligne mal lue le reste.",
        ),
    ),
    code(
        "observed/since",
        words("The moment that is counted from cannot be used", "Le moment d’où l’on compte est inutilisable"),
        words(
            "`since:` is the moment of the failure, which a cluster sees only later. It is written as the evidence writes its times: with a zone where they have one. Where the evidence is a table without times, `+12 s` counts from its beginning. Something must have been seen after it.",
            "`since:` est le moment de la panne, qu’un cluster ne voit qu’après coup. Il s’écrit comme les heures du relevé : avec un fuseau si elles en ont un. Pour un tableau sans heures, `+12 s` se compte depuis son début. Quelque chose doit avoir été vu après lui.",
        ),
    ),
];
