//! What each code of a structural diagnostic means; rules have pages of their own.
//!
//! `tests/explain.rs` searches the source for codes and holds this list complete.

use crate::analysis::rule::{Words, words};
use crate::report::explained::Code;

mod lab;
mod manifests;
mod observed;

const fn code(code: &'static str, summary: Words, explains: Words) -> Code {
    Code { code, summary, explains }
}

/// Every code that no rule makes, by family.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    CODES.iter().chain(observed::OBSERVED).chain(lab::LAB).chain(manifests::MANIFESTS)
}

static CODES: &[Code] = &[
    code(
        "syntax/utf-8",
        words("A file is not UTF-8 text", "Un fichier n’est pas du texte UTF-8"),
        words(
            "The first byte that is no UTF-8 is underlined. The file is not read further, and names that it might declare are not reported as unknown elsewhere. Save it as UTF-8.",
            "Le premier octet qui n’est pas de l’UTF-8 est souligné. Le fichier n’est pas lu plus loin, et les noms qu’il déclare peut-être ne sont pas signalés ailleurs comme inconnus. Enregistrez-le en UTF-8.",
        ),
    ),
    code(
        "syntax/tab",
        words("A tab stands where YAML asks for spaces", "Une tabulation est là où YAML exige des espaces"),
        words(
            "YAML allows no tabs in indentation. Reading goes on at the next `---`. Indent with spaces.",
            "YAML n’admet pas de tabulation dans l’indentation. La lecture reprend au `---` suivant. Indentez avec des espaces.",
        ),
    ),
    code(
        "syntax/bracket",
        words("A bracket, a brace or a comma is missing", "Il manque un crochet, une accolade ou une virgule"),
        words(
            "A list or mapping between brackets is not closed, or two of its items are not separated. Reading goes on at the next `---`.",
            "Une liste ou un dictionnaire entre crochets ou accolades n’est pas fermé, ou deux éléments ne sont pas séparés. La lecture reprend au `---` suivant.",
        ),
    ),
    code(
        "syntax/quote",
        words("A quotation mark is missing", "Il manque un guillemet"),
        words(
            "A text that starts with a quotation mark ends with the same one. Inside single quotes, double it to write it; inside double quotes, put a backslash before it.",
            "Un texte ouvert par un guillemet finit par le même. Entre apostrophes, doublez l’apostrophe pour l’écrire ; entre guillemets droits, faites-la précéder d’une barre oblique inverse.",
        ),
    ),
    code(
        "syntax/anchor",
        words("An alias names no anchor", "Un alias ne désigne aucune ancre"),
        words(
            "`*name` repeats what `&name` marked earlier in the same document. A text that merely starts with `*` needs quotes.",
            "`*nom` répète ce que `&nom` a marqué plus haut dans le même document. Un texte qui commence simplement par `*` demande des guillemets.",
        ),
    ),
    code(
        "syntax/indentation",
        words("A line does not fit the lines above it", "Une ligne ne s’accorde pas avec celles du dessus"),
        words(
            "A key ends in `: ` and stands exactly under its neighbours. A text that contains `: ` or ` #` needs quotes.",
            "Une clé finit par `: ` et s’aligne exactement sous ses voisines. Un texte qui contient `: ` ou ` #` demande des guillemets.",
        ),
    ),
    code(
        "syntax/too-deep",
        words("Values are nested too deep", "Les valeurs sont trop imbriquées"),
        words(
            "More than 200 levels are taken for an attack or an accident: real documents stay under 30.",
            "Plus de 200 niveaux sont pris pour une attaque ou un accident : les vrais documents restent sous 30.",
        ),
    ),
    code(
        "syntax/too-large",
        words("A file is too large", "Un fichier est trop gros"),
        words(
            "A file over 64 MiB is not read. No description is that long; it is likely data in the wrong folder.",
            "Un fichier de plus de 64 Mio n’est pas lu. Aucune description n’est aussi longue ; ce sont sans doute des données dans le mauvais dossier.",
        ),
    ),
    code(
        "syntax/too-many-values",
        words("A file holds too many values", "Un fichier contient trop de valeurs"),
        words(
            "More than two million values, repetitions by alias included, are not read: aliases of aliases make a few lines grow without bound.",
            "Plus de deux millions de valeurs, répétitions par alias comprises, ne sont pas lues : des alias d’alias font enfler quelques lignes sans limite.",
        ),
    ),
    code(
        "syntax/yaml",
        words("A text is not YAML", "Un texte n’est pas du YAML"),
        words(
            "The parser's own words follow. Reading goes on at the next `---`, so other documents of the file are still checked.",
            "Suivent les mots de l’analyseur. La lecture reprend au `---` suivant : les autres documents du fichier restent vérifiés.",
        ),
    ),
    code(
        "document/empty",
        words("A file holds no document", "Un fichier ne contient aucun document"),
        words(
            "It is empty, or holds comments alone. Write a document, or remove the file.",
            "Il est vide, ou ne contient que des commentaires. Écrivez un document, ou supprimez le fichier.",
        ),
    ),
    code(
        "document/no-kind",
        words("A document has no kind", "Un document n’a pas de type"),
        words(
            "Every document starts with `kind: stack`, `design`, `comparison` or `scenario`; only `epure.yaml` has none.",
            "Chaque document commence par `kind: stack`, `design`, `comparison` ou `scenario` ; seul `epure.yaml` n’en a pas.",
        ),
    ),
    code(
        "document/unknown-kind",
        words("A document is of no known kind", "Un document est d’un type inconnu"),
        words(
            "The kinds are `stack`, `design`, `comparison` and `scenario`; reports are Markdown files.",
            "Les types sont `stack`, `design`, `comparison` et `scenario` ; les rapports sont des fichiers Markdown.",
        ),
    ),
    code(
        "document/foreign",
        words("A file belongs to another tool", "Un fichier appartient à un autre outil"),
        words(
            "It looks like a pipeline. Keep it outside the workspace's folder, or in a folder whose name starts with a dot.",
            "Il ressemble à un pipeline. Gardez-le hors du dossier de l’espace de travail, ou dans un dossier dont le nom commence par un point.",
        ),
    ),
    code(
        "document/duplicate-name",
        words("Two documents of one kind share a name", "Deux documents d’un même type portent le même nom"),
        words(
            "A name is unique among the documents of its kind. Both places are shown; the second document is not read.",
            "Un nom est unique parmi les documents de son type. Les deux endroits sont montrés ; le second document n’est pas lu.",
        ),
    ),
    code(
        "document/newer-language",
        words(
            "The workspace is written in a newer language",
            "L’espace de travail est écrit dans une version plus récente du langage",
        ),
        words(
            "`epure:` in `epure.yaml` is the version of the language. A program reads the versions up to its own; use a newer one.",
            "`epure:` dans `epure.yaml` est la version du langage. Un programme lit les versions jusqu’à la sienne ; utilisez-en un plus récent.",
        ),
    ),
    code(
        "schema/unknown-key",
        words("A key is not read here", "Une clé n’est pas lue ici"),
        words(
            "No key is ignored in silence: one that nothing reads is a mistake, mostly of spelling. The nearest key that is not used yet is suggested. Prose belongs in Markdown, remarks in comments.",
            "Aucune clé n’est ignorée en silence : une clé que rien ne lit est une erreur, le plus souvent de frappe. La clé la plus proche encore libre est proposée. La prose va dans le Markdown, les remarques dans les commentaires.",
        ),
    ),
    code(
        "schema/missing-key",
        words("A key is missing", "Il manque une clé"),
        words(
            "What must be said is absent. Several missing keys of one mapping are one line.",
            "Ce qui doit être dit ne l’est pas. Plusieurs clés manquantes d’un même dictionnaire font une seule ligne.",
        ),
    ),
    code(
        "schema/duplicate-key",
        words("A key stands twice", "Une clé est écrite deux fois"),
        words(
            "Other readers of YAML take the last and say nothing. Both places are shown; keep one.",
            "D’autres lecteurs de YAML prennent la dernière sans rien dire. Les deux endroits sont montrés ; gardez-en un.",
        ),
    ),
    code(
        "schema/merge-key",
        words("`<<` is not read", "`<<` n’est pas lu"),
        words(
            "The merge key of YAML 1.1 is not part of the language. `extends` merges designs by meaning and keeps the place of every fact.",
            "La clé de fusion de YAML 1.1 ne fait pas partie du langage. `extends` fusionne les conceptions selon le sens et garde l’endroit de chaque fait.",
        ),
    ),
    code(
        "schema/empty",
        words("Nothing stands where a value is read", "Il n’y a rien là où une valeur est lue"),
        words(
            "A key without a value is neither yes nor no. Say a value, or take the key away: what is not said is shown as unanswered.",
            "Une clé sans valeur n’est ni un oui ni un non. Donnez une valeur, ou retirez la clé : ce qui n’est pas dit est montré comme sans réponse.",
        ),
    ),
    code(
        "schema/exactly-one",
        words("Exactly one of several keys must stand", "Une clé et une seule parmi plusieurs est attendue"),
        words(
            "A probe asks in one way, an event is one thing that happens, a fence places one figure.",
            "Une sonde interroge d’une façon, un évènement est une seule chose qui arrive, un bloc place une seule figure.",
        ),
    ),
    code(
        "schema/not-of-this-kind",
        words("A key says nothing for this kind", "Une clé ne dit rien pour ce type"),
        words(
            "The key exists, but nothing reads it for a component of this kind: `replication` belongs to databases, `ttl` to DNS.",
            "La clé existe, mais rien ne la lit pour un composant de ce type : `replication` appartient aux bases de données, `ttl` au DNS.",
        ),
    ),
    code(
        "schema/wrong-type",
        words("A value is of another type", "Une valeur est d’un autre type"),
        words(
            "A text stands where a number is read, or the other way round. A text that looks like a number or a truth value needs quotes.",
            "Un texte est là où un nombre est lu, ou l’inverse. Un texte qui ressemble à un nombre ou à un booléen demande des guillemets.",
        ),
    ),
    code(
        "schema/wrong-shape",
        words("A value is of another shape", "Une valeur est d’une autre forme"),
        words(
            "A single value, a list (`[a, b]`) and a mapping (`key: value`) are not interchangeable.",
            "Une valeur simple, une liste (`[a, b]`) et un dictionnaire (`clé: valeur`) ne sont pas interchangeables.",
        ),
    ),
    code(
        "schema/unknown-word",
        words("A word is not known here", "Un mot n’est pas connu ici"),
        words(
            "The value is one of a fixed list of words; the nearest is suggested, or all are listed.",
            "La valeur est l’un des mots d’une liste fixe ; le plus proche est proposé, ou tous sont énumérés.",
        ),
    ),
    code(
        "schema/out-of-range",
        words("A number is out of range", "Un nombre est hors limites"),
        words(
            "The limits are far from what anyone runs; a number beyond them is a slip.",
            "Les limites sont loin de tout ce qui existe ; un nombre au-delà est une erreur de frappe.",
        ),
    ),
    code(
        "schema/bad-quantity",
        words("A quantity cannot be read", "Une grandeur ne se lit pas"),
        words(
            "A quantity is a number with a unit of its kind, as people write it: `250m`, `512 MiB`, `30 s`, `99.95 %`, `0.096 USD/h`. The page of quantities lists the units.",
            "Une grandeur est un nombre avec une unité de sa sorte, comme on l’écrit : `250m`, `512 MiB`, `30 s`, `99.95 %`, `0.096 USD/h`. La page des grandeurs énumère les unités.",
        ),
    ),
    code(
        "schema/bad-name",
        words("A text is not a name", "Un texte n’est pas un nom"),
        words(
            "Names are small letters, digits and hyphens, a letter first, because they become addresses, file names and anchors.",
            "Les noms sont en minuscules, chiffres et tirets, une lettre d’abord, parce qu’ils deviennent adresses, fichiers et ancres.",
        ),
    ),
    code(
        "reference/unknown",
        words("A name is declared nowhere", "Un nom n’est déclaré nulle part"),
        words(
            "What the name refers to exists in no block it may come from. Where a document could not be read, names that it may declare are not reported.",
            "Ce que le nom désigne n’existe dans aucun des blocs d’où il peut venir. Quand un document n’a pas pu être lu, les noms qu’il déclare peut-être ne sont pas signalés.",
        ),
    ),
    code(
        "reference/circle",
        words("Variants extend each other in a circle", "Des variantes se prolongent en cercle"),
        words(
            "A variant says only what differs from the design it extends, so one of them must extend none. All their places are shown; none of them is checked further.",
            "Une variante ne dit que ce qui diffère de la conception qu’elle prolonge : l’une d’elles doit n’en prolonger aucune. Tous les endroits sont montrés ; aucune n’est vérifiée plus loin.",
        ),
    ),
    code(
        "reference/without",
        words("A variant takes away what is not there", "Une variante retire ce qui n’existe pas"),
        words(
            "A path under `without` leads to something that the extended design says, such as `components.cache`.",
            "Un chemin sous `without` mène à quelque chose que dit la conception prolongée, comme `components.cache`.",
        ),
    ),
    code(
        "reference/taken-away",
        words("A variant takes away what is still used", "Une variante retire ce qui sert encore"),
        words(
            "Something still refers to what `without` took away. Take that away too, or give it another.",
            "Quelque chose désigne encore ce que `without` a retiré. Retirez-le aussi, ou donnez-lui autre chose.",
        ),
    ),
    code(
        "reference/unknown-measure",
        words("No measure is called so", "Aucune mesure ne s’appelle ainsi"),
        words(
            "A criterion that is a single word is a built-in measure. The nearest is suggested; `epure explain` lists them.",
            "Un critère d’un seul mot est une mesure intégrée. La plus proche est proposée ; `epure explain` les énumère.",
        ),
    ),
    code(
        "reference/unknown-fact",
        words("No subject states a fact", "Aucun sujet n’énonce un fait"),
        words(
            "A criterion with `fact:` shows what the stacks state under `facts`; none of those compared states this one.",
            "Un critère avec `fact:` montre ce que les stacks énoncent sous `facts` ; aucune de celles comparées n’énonce celui-ci.",
        ),
    ),
    code(
        "comparison/measure-does-not-apply",
        words("A measure cannot be asked of a subject", "Une mesure ne se demande pas d’un sujet"),
        words(
            "Some measures are of stacks, some of designs, some of both. Where it applies to none of the subjects the criterion is a mistake; where to some, the other cells stay empty.",
            "Certaines mesures portent sur des stacks, d’autres sur des conceptions, d’autres sur les deux. Si elle ne s’applique à aucun sujet le critère est une erreur ; si c’est à quelques-uns, les autres cellules restent vides.",
        ),
    ),
    code(
        "comparison/no-value",
        words("A criterion has no value for a subject", "Un critère n’a pas de valeur pour un sujet"),
        words(
            "A criterion of your own takes a value for each subject under `values`. A missing one is shown as unanswered and is no zero.",
            "Un critère à vous prend une valeur par sujet sous `values`. Une valeur absente est montrée sans réponse, et ne vaut pas zéro.",
        ),
    ),
    code(
        "comparison/off-scale",
        words("A value is not on its scale", "Une valeur n’est pas sur son échelle"),
        words(
            "`scale` lists the words from worst to best; a value outside it cannot be ranked.",
            "`scale` énumère les mots du pire au meilleur ; une valeur hors de l’échelle ne peut être classée.",
        ),
    ),
    code(
        "comparison/not-compared",
        words("What is preferred is not compared", "Ce qui est préféré n’est pas comparé"),
        words("The names under `prefer` are among `subjects`.", "Les noms sous `prefer` sont parmi `subjects`."),
    ),
    code(
        "expression/syntax",
        words("A condition cannot be read", "Une condition ne se lit pas"),
        words(
            "Conditions are CEL: `kind == \"database\" && critical`, `replicas > 1`, `kind in [\"service\", \"gateway\"]`.",
            "Les conditions sont en CEL : `kind == \"database\" && critical`, `replicas > 1`, `kind in [\"service\", \"gateway\"]`.",
        ),
    ),
    code(
        "expression/unknown-field",
        words("A condition names no field", "Une condition ne nomme aucun champ"),
        words(
            "A condition reads the keys of one component, and what follows from its surroundings.",
            "Une condition lit les clés d’un composant, et ce qui découle de son entourage.",
        ),
    ),
    code(
        "expression/unknown-function",
        words("A condition calls no function", "Une condition n’appelle aucune fonction"),
        words("The functions are CEL's own.", "Les fonctions sont celles de CEL."),
    ),
    code(
        "expression/unknown-word",
        words(
            "A condition asks for a word that a field can never be",
            "Une condition demande un mot qu’un champ ne peut pas valoir",
        ),
        words(
            "The field is one of a fixed list of words, so that the condition would never hold.",
            "Le champ vaut l’un des mots d’une liste fixe : la condition ne serait jamais vraie.",
        ),
    ),
    code(
        "expression/not-a-condition",
        words("An expression is no condition", "Une expression n’est pas une condition"),
        words("It must end in true or false.", "Elle doit donner vrai ou faux."),
    ),
    code(
        "expression/evaluation",
        words("A condition cannot be evaluated", "Une condition ne peut pas être évaluée"),
        words(
            "It compares what cannot be compared, such as a number with a text. A fact that is not stated is no error: the condition then is unanswered.",
            "Elle compare ce qui ne se compare pas, comme un nombre et un texte. Un fait non énoncé n’est pas une erreur : la condition reste alors sans réponse.",
        ),
    ),
    code(
        "report/front-matter",
        words("Front matter is never closed", "Un en-tête n’est jamais fermé"),
        words(
            "A report starts with YAML between two lines that read `---`.",
            "Un rapport commence par du YAML entre deux lignes `---`.",
        ),
    ),
    code(
        "report/fence",
        words("A figure's block cannot be read", "Le bloc d’une figure ne se lit pas"),
        words(
            "A fenced block with the info string `epure` stands at the start of a line, outside lists and quotations, and is closed by the fence that opened it.",
            "Un bloc de code marqué `epure` se place en début de ligne, hors des listes et des citations, et se ferme par la clôture qui l’a ouvert.",
        ),
    ),
    code(
        "report/empty-fence",
        words("A figure is still to be placed", "Une figure reste à placer"),
        words(
            "The block is empty, as a handout leaves it. Name a figure in it, such as `diagram: stack` with `of:`. Until then the report is built without it.",
            "Le bloc est vide, comme l’énoncé le laisse. Nommez-y une figure, comme `diagram: stack` avec `of:`. D’ici là le rapport se construit sans elle.",
        ),
    ),
    code(
        "report/unknown-figure",
        words("A block names no figure", "Un bloc ne nomme aucune figure"),
        words(
            "`table`, `diagram` and `chart` take a word of the catalogue, `timeline` a scenario, `findings` a design; `table` also takes a comparison. `epure explain` lists the catalogue.",
            "`table`, `diagram` et `chart` prennent un mot du catalogue, `timeline` un scénario, `findings` une conception ; `table` prend aussi une comparaison. `epure explain` énumère le catalogue.",
        ),
    ),
    code(
        "report/no-subject",
        words("A figure does not say what it is of", "Une figure ne dit pas de quoi elle est"),
        words(
            "Add `of:` with one name, or with several between brackets.",
            "Ajoutez `of:` avec un nom, ou plusieurs entre crochets.",
        ),
    ),
    code(
        "report/nothing-to-show",
        words("A figure has nothing to show", "Une figure n’a rien à montrer"),
        words(
            "What it is of says nothing of that, so that nothing can be worked out. Say it there, or take the figure away.",
            "Ce dont elle est n’en dit rien, et rien ne peut être calculé. Dites-le là-bas, ou retirez la figure.",
        ),
    ),
    code(
        "report/value",
        words("A value leads nowhere", "Une valeur ne mène nulle part"),
        words(
            "`{{ document.path.to.value }}` in prose is replaced by a fact, or by what was worked out. It must lead to a single value. `\\{{` writes the braces themselves.",
            "`{{ document.chemin.vers.valeur }}` dans la prose est remplacé par un fait, ou par ce qui a été calculé. Il doit mener à une valeur simple. `\\{{` écrit les accolades elles-mêmes.",
        ),
    ),
    code(
        "report/heading",
        words("A narrative has a heading of the first level", "Un récit a un titre de premier niveau"),
        words(
            "The page's title is its only one. Start the narrative's own at `##`.",
            "Le titre de la page est le seul. Commencez ceux du récit à `##`.",
        ),
    ),
    code(
        "report/image",
        words("An image lies on another host", "Une image est sur un autre hôte"),
        words(
            "A page asks nothing of another host, so only a link is shown. Keep the image in the workspace.",
            "Une page ne demande rien à un autre hôte : seul un lien est montré. Gardez l’image dans l’espace de travail.",
        ),
    ),
    code(
        "report/link",
        words("A link is of an unsafe kind", "Un lien est d’une sorte peu sûre"),
        words(
            "Links lead to http, https or mailto addresses, or to files of the workspace; any other is shown as text.",
            "Les liens mènent à des adresses http, https ou mailto, ou à des fichiers de l’espace de travail ; tout autre est montré comme du texte.",
        ),
    ),
    code(
        "report/broken-link",
        words("A link leads nowhere", "Un lien ne mène nulle part"),
        words(
            "The file that a link names is not in the workspace, or no heading there has that anchor. Paths are written relative to the report's own file, with upper and lower case as in the file's name; a heading's anchor is its text in lower case with hyphens for blanks.",
            "Le fichier que nomme un lien n’est pas dans l’espace de travail, ou aucun titre n’y a cette ancre. Les chemins s’écrivent relativement au fichier du rapport, avec la casse du nom du fichier ; l’ancre d’un titre est son texte en minuscules, avec des traits d’union pour les espaces.",
        ),
    ),
    code(
        "report/broken-image",
        words(
            "An image is not there, or not in the workspace",
            "Une image n’existe pas, ou pas dans l’espace de travail",
        ),
        words(
            "Nothing outside of the workspace's folder is read. Keep the image in the workspace and write its path relative to the report's own file.",
            "Rien n’est lu hors du dossier de l’espace de travail. Gardez l’image dans l’espace de travail et écrivez son chemin relativement au fichier du rapport.",
        ),
    ),
    code(
        "site/address",
        words("An address of the site is none", "Une adresse du site n’en est pas une"),
        words(
            "`base_url` is where the site will be found, `edit_url` where a file of the workspace is edited, with `{path}` in the place of its path. Both start with `https://` or `http://`.",
            "`base_url` est l’endroit où l’on trouvera le site, `edit_url` celui où un fichier de l’espace de travail se modifie, avec `{path}` à la place de son chemin. Les deux commencent par `https://` ou `http://`.",
        ),
    ),
    code(
        "site/redirect",
        words(
            "A redirect leads nowhere, or from a page that is still there",
            "Une redirection ne mène nulle part, ou part d’une page qui existe encore",
        ),
        words(
            "`redirects` says under which name a renamed document or report is found now: the old name, then the new one. A page is written at the old address that leads to the new one.",
            "`redirects` dit sous quel nom se trouve maintenant un document ou un rapport renommé : l’ancien nom, puis le nouveau. Une page est écrite à l’ancienne adresse et mène à la nouvelle.",
        ),
    ),
    code(
        "site/colour",
        words("A colour is not one that is known", "Une couleur n’est pas connue"),
        words(
            "`theme.colours` changes colours by their names, each on the white sheet (`light`) and on the blueprint (`dark`), written as `#1d4ed8`.",
            "`theme.colours` change des couleurs par leur nom, chacune sur la feuille blanche (`light`) et sur le bleu (`dark`), écrites comme `#1d4ed8`.",
        ),
    ),
    code(
        "site/contrast",
        words("Text in these colours is hard to read", "Un texte dans ces couleurs se lit mal"),
        words(
            "Text wants a contrast of 4.5 against what it stands on (WCAG 2.2, criterion 1.4.3). The pages that épure makes keep it; a colour of your own does not.",
            "Un texte demande un contraste de 4,5 avec son fond (WCAG 2.2, critère 1.4.3). Les pages que fait épure le respectent ; une couleur de votre choix ne le fait pas.",
        ),
    ),
    code(
        "site/template",
        words(
            "A template of the workspace cannot be used",
            "Un modèle de l’espace de travail ne peut pas être utilisé",
        ),
        words(
            "The folder `theme` replaces templates of the site by files of the same name. `epure new --theme` writes the built-in ones there to start from. Without a file the built-in one is used.",
            "Le dossier `theme` remplace des modèles du site par des fichiers du même nom. `epure new --theme` y écrit ceux d’épure pour commencer. Sans fichier, c’est celui d’épure qui sert.",
        ),
    ),
    code(
        "report/raw-html",
        words("Raw HTML is shown as text", "Le HTML brut est montré comme du texte"),
        words(
            "A narrative is Markdown; HTML in it could load or run something. Comments are left out.",
            "Un récit est du Markdown ; du HTML pourrait charger ou exécuter quelque chose. Les commentaires sont omis.",
        ),
    ),
    code(
        "model/waiver-expired",
        words("A waiver is past its date", "Une dérogation a expiré"),
        words(
            "A finding that was accepted until a day counts again after it. Mend what it accepts, or decide anew until when.",
            "Un constat accepté jusqu’à une date compte de nouveau après elle. Corrigez ce qu’elle accepte, ou décidez d’une nouvelle échéance.",
        ),
    ),
    code(
        "model/waiver-unmatched",
        words("A waiver accepts nothing", "Une dérogation n’accepte rien"),
        words(
            "No finding of that rule is left at that target: the design changed, or the target is misspelt. Take the waiver away.",
            "Aucun constat de cette règle ne reste à cette cible : la conception a changé, ou la cible est mal écrite. Retirez la dérogation.",
        ),
    ),
    code(
        "model/waiver-incomplete",
        words("A comment is not yet a waiver", "Un commentaire n’est pas encore une dérogation"),
        words(
            "`# epure-ignore RULE until=2026-12-31 reason=…` accepts what a rule finds at the line that the comment stands at, or, on a line of its own, at the next one and all under it. Without a day and a reason it accepts nothing; `owner=…` may say who answers for it.",
            "`# epure-ignore RÈGLE until=2026-12-31 reason=…` accepte ce qu’une règle trouve à la ligne du commentaire ou, seul sur sa ligne, à la suivante et à tout ce qu’elle contient. Sans date ni raison il n’accepte rien ; `owner=…` peut dire qui en répond.",
        ),
    ),
    code(
        "expression/test-failed",
        words("A policy’s test does not end as it should", "Le test d’une politique ne finit pas comme prévu"),
        words(
            "Each test gives the facts of an example and what the policy must say of it: `pass`, `fail`, `unanswered` where a fact is missing, or `not-applicable` where `when` does not hold. Correct the condition, or what the test expects.",
            "Chaque test donne les faits d’un exemple et ce que la politique doit en dire : `pass`, `fail`, `unanswered` si un fait manque, ou `not-applicable` si `when` n’est pas vrai. Corrigez la condition, ou ce que le test attend.",
        ),
    ),
    code(
        "expression/bad-example",
        words(
            "The example of a test states what nothing can state",
            "L’exemple d’un test dit ce que rien ne peut dire",
        ),
        words(
            "The facts of an example are written as a design writes them: the same keys, the same quantities; what follows from the surroundings (`cluster_nodes`, `needed`, `context`) may be given too.",
            "Les faits d’un exemple s’écrivent comme dans une conception : mêmes clés, mêmes quantités ; ce qui découle de l’entourage (`cluster_nodes`, `needed`, `context`) peut être donné aussi.",
        ),
    ),
    code(
        "model/waiver-unknown-rule",
        words("A waiver names no rule", "Une dérogation ne nomme aucune règle"),
        words(
            "The code is no rule's. `epure explain` lists the rules.",
            "Ce code n’est celui d’aucune règle. `epure explain` énumère les règles.",
        ),
    ),
    code(
        "comparison/mixed-kinds",
        words("Stacks stand beside designs", "Des stacks côtoient des conceptions"),
        words(
            "Most measures are of one kind only. A criterion that does not apply to every subject is shown and ranks nothing, so that what is ranked is ranked by the same criteria. Compare like with like, or give criteria of your own with `name` and `values`.",
            "La plupart des mesures ne valent que pour une sorte. Un critère qui ne s’applique pas à tous les sujets est montré et ne classe rien, pour que tout soit classé selon les mêmes critères. Comparez ce qui se compare, ou donnez des critères à vous avec `name` et `values`.",
        ),
    ),
    code(
        "comparison/mixed-units",
        words(
            "The values of a criterion are in different units",
            "Les valeurs d’un critère sont dans des unités différentes",
        ),
        words(
            "A time and a size, or prices in two currencies, have no order. They are shown and rank nothing. State all of them in one unit.",
            "Une durée et une taille, ou des prix en deux monnaies, n’ont pas d’ordre. Ils sont montrés et ne classent rien. Donnez-les tous dans une même unité.",
        ),
    ),
    code(
        "comparison/unanswered",
        words("No subject answers a criterion", "Aucun sujet ne répond à un critère"),
        words(
            "The criterion applies, and no document says what it asks. The help line names what is missing for the first subject. State it, or take the criterion out.",
            "Le critère s’applique, et aucun document ne dit ce qu’il demande. La ligne d’aide nomme ce qui manque au premier sujet. Dites-le, ou retirez le critère.",
        ),
    ),
    code(
        "comparison/bad-weight",
        words("A weight is less than nothing, or endless", "Un poids est négatif, ou infini"),
        words(
            "A weight is a number from 0 up; only proportions count. A criterion on which less is better is written `better: lower`, never with a negative weight.",
            "Un poids est un nombre positif ou nul ; seules les proportions comptent. Un critère où moins vaut mieux s’écrit `better: lower`, jamais avec un poids négatif.",
        ),
    ),
    code(
        "comparison/zero-weight",
        words("A criterion weighs nothing", "Un critère ne pèse rien"),
        words(
            "With weight 0 a criterion is shown and takes no part in the ranking. If that is meant, `better: none` says so more clearly; where no weight is stated it is 1.",
            "Avec un poids 0, un critère est montré et ne prend pas part au classement. Si c’est voulu, `better: none` le dit plus clairement ; là où aucun poids n’est donné, il vaut 1.",
        ),
    ),
    code(
        "comparison/no-weight",
        words("No criterion weighs anything", "Aucun critère ne pèse rien"),
        words(
            "Every criterion that could rank has the weight 0, so nothing is ranked. Give at least one of them a weight.",
            "Tous les critères qui pourraient classer ont un poids nul : rien n’est classé. Donnez un poids à l’un d’eux au moins.",
        ),
    ),
    code(
        "build/no-pdf",
        words("PDF was asked of an épure that was built without it", "Un PDF est demandé à un épure compilé sans"),
        words(
            "PDF is a cargo feature, off by default, because the typesetter it is set with takes minutes to build. Print a page of the site from a browser: its style sheet is made for it. Or build épure with the feature: `cargo install --path . --features pdf`. Nothing was written.",
            "Le PDF est une option de compilation, désactivée par défaut, parce que le compositeur qui le met en page demande des minutes à compiler. Imprimez une page du site depuis un navigateur : sa feuille de style est faite pour. Ou compilez épure avec l’option : `cargo install --path . --features pdf`. Rien n’a été écrit.",
        ),
    ),
    code(
        "internal/decode",
        words("A mistake of épure itself", "Une erreur d’épure elle-même"),
        words(
            "The value passed the check and could then not be read. Please report it with the document.",
            "La valeur a passé la vérification et n’a ensuite pas pu être lue. Merci de le signaler avec le document.",
        ),
    ),
    code(
        "simulation/expectation-not-met",
        words(
            "A scenario's expectation does not hold when it is simulated",
            "L’attente d’un scénario ne tient pas une fois simulée",
        ),
        words(
            "`check --simulate` runs every scenario with 200 seeded phases. The limit under `expect` is exceeded in all of them, or in some. `epure simulate SCENARIO` prints the chain of causes: change the design, or expect what can be kept.",
            "`check --simulate` exécute chaque scénario avec 200 phases tirées d’une graine. La limite sous `expect` est dépassée dans toutes, ou dans certaines. `epure simulate SCÉNARIO` donne la chaîne des causes : changez la conception, ou attendez ce qui peut être tenu.",
        ),
    ),
    code(
        "simulation/nothing-to-simulate",
        words(
            "An expectation is about something that nothing of ours runs",
            "Une attente porte sur ce que rien à nous ne fait tourner",
        ),
        words(
            "People, external systems and parts of a machine are not simulated. Expect something of the component that they call.",
            "Ni les personnes, ni les systèmes externes, ni les pièces d’une machine ne sont simulés. Attendez quelque chose du composant qu’ils appellent.",
        ),
    ),
];
