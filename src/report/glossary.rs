//! What each of the field's words means here, in both languages.

use crate::analysis::rule::{Words, words};

/// A word of the field.
#[derive(Debug)]
pub struct Term {
    /// How it is asked for, in either language; the first is its identity.
    pub names: &'static [&'static str],
    /// What it is called.
    pub title: Words,
    /// What it means here.
    pub means: Words,
}

const fn term(names: &'static [&'static str], title: Words, means: Words) -> Term {
    Term { names, title, means }
}

/// Every word, in the order of the English titles.
pub static GLOSSARY: &[Term] = &[
    term(
        &["address", "path", "adresse", "chemin"],
        words("Address of a fact", "Adresse d’un fait"),
        words(
            "Where a fact stands: the document's name, then keys and names, as in `quote-app.components.quote-app.replicas`. The same in findings, waivers, values in a narrative and derivations.",
            "L’endroit d’un fait : le nom du document, puis clés et noms, comme `quote-app.components.quote-app.replicas`. La même dans les constats, les dérogations, les valeurs d’un récit et les dérivations.",
        ),
    ),
    term(
        &["allocatable"],
        words("Allocatable", "Allouable (allocatable)"),
        words(
            "What a node has left for pods: its capacity less what the operating system, the kubelet and the eviction threshold keep. The scheduler counts requests against it, not against the machine's size.",
            "Ce qu’un nœud laisse aux pods : sa capacité, moins ce que gardent le système, le kubelet et le seuil d’éviction. L’ordonnanceur compte les requests contre lui, non contre la taille de la machine.",
        ),
    ),
    term(
        &["asil"],
        words("ASIL", "ASIL"),
        words(
            "Automotive Safety Integrity Level, QM and A to D, of a safety goal (ISO 26262). It is declared, with the freedom from interference it asks for; it is never worked out.",
            "Niveau d’intégrité de sécurité automobile, QM et A à D, d’un objectif de sécurité (ISO 26262). Il est déclaré, avec l’absence d’interférence qu’il exige ; il n’est jamais calculé.",
        ),
    ),
    term(
        &["as-of", "as_of"],
        words("As of", "À la date du"),
        words(
            "The day on which ages and expiries are judged: `as_of` of `epure.yaml`, or `--as-of`, or today where neither is said.",
            "Le jour où âges et échéances sont jugés : `as_of` d’`epure.yaml`, ou `--as-of`, ou aujourd’hui à défaut.",
        ),
    ),
    term(
        &["backup", "sauvegarde"],
        words("Backup", "Sauvegarde"),
        words(
            "A copy that can be restored: a base and, for a moment in between, the log since it. A replica is none: it copies mistakes too.",
            "Une copie restaurable : une base et, pour un instant intermédiaire, le journal depuis elle. Un réplica n’en est pas une : il copie aussi les erreurs.",
        ),
    ),
    term(
        &["cluster"],
        words("Cluster", "Cluster"),
        words(
            "Kubernetes: a control plane, its datastore, and the machines that run pods.",
            "Kubernetes : un plan de contrôle, son stockage d’état, et les machines qui font tourner les pods.",
        ),
    ),
    term(
        &["component", "composant"],
        words("Component", "Composant"),
        words(
            "What runs, or whom it serves: services, databases, load balancers, DNS, pipelines, people, other institutions' systems.",
            "Ce qui tourne, ou qui l’utilise : services, bases, répartiteurs, DNS, pipelines, personnes, systèmes d’autrui.",
        ),
    ),
    term(
        &["connection", "connexion", "flow", "flux"],
        words("Connection", "Connexion"),
        words(
            "Who asks whom, by which protocol, encrypted and authenticated or not. *Hard*: without it the asker does not work; *soft*: it works with less.",
            "Qui demande à qui, par quel protocole, chiffré et authentifié ou non. *Hard* : sans elle le demandeur ne marche pas ; *soft* : il marche avec moins.",
        ),
    ),
    term(
        &["context", "contexte"],
        words("Context", "Contexte"),
        words(
            "The world a design lives in (cloud, automotive, finance, lab): it decides which rules are judged and how much each matters.",
            "Le monde d’une conception (cloud, automotive, finance, lab) : il décide des règles jugées et de leur poids.",
        ),
    ),
    term(
        &["control-plane", "control plane", "plan de contrôle"],
        words("Control plane", "Plan de contrôle"),
        words(
            "API server, scheduler and controllers of Kubernetes. Without it running pods go on, but nothing is replaced, moved or changed.",
            "Serveur d’API, ordonnanceur et contrôleurs de Kubernetes. Sans lui les pods continuent, mais rien n’est remplacé, déplacé ni modifié.",
        ),
    ),
    term(
        &["derivation", "dérivation"],
        words("Derivation", "Dérivation"),
        words(
            "What a worked-out value was worked out from: formula, facts and their addresses. It stands beneath every computed cell.",
            "Ce dont une valeur calculée découle : formule, faits et leurs adresses. Elle se lit sous chaque cellule calculée.",
        ),
    ),
    term(
        &["disruption-budget", "disruption budget", "pdb", "poddisruptionbudget"],
        words("Disruption budget", "Budget d’interruption"),
        words(
            "A PodDisruptionBudget: how many pods must stay, or may go, while nodes are drained. It does not hold against failures.",
            "Un PodDisruptionBudget : combien de pods doivent rester, ou peuvent partir, pendant le vidage des nœuds. Il ne protège pas des pannes.",
        ),
    ),
    term(
        &["dmz"],
        words("DMZ", "DMZ"),
        words(
            "A segment between an untrusted network and one's own, in which whatever answers the outside stands.",
            "Un segment entre un réseau non maîtrisé et le sien, où se tient ce qui répond à l’extérieur.",
        ),
    ),
    term(
        &["drain", "vidage"],
        words("Drain", "Vidage"),
        words(
            "Moving pods off a node on purpose, by eviction, which respects disruption budgets.",
            "Retirer volontairement les pods d’un nœud, par éviction, en respectant les budgets d’interruption.",
        ),
    ),
    term(
        &["encryption-at-rest", "encryption at rest", "chiffrement au repos"],
        words("Encryption at rest", "Chiffrement au repos"),
        words(
            "At *API* level a Secret is encrypted before it is written to the datastore, so that a copy of the datastore tells nothing; at *disk* level only the disk is, and a dump is readable. Base64 is the form in the API, no encryption.",
            "Au niveau *API* un Secret est chiffré avant d’être écrit dans le stockage d’état : une copie ne dit rien ; au niveau *disque* seul le disque l’est, et un export se lit. Base64 est la forme dans l’API, pas un chiffrement.",
        ),
    ),
    term(
        &["eviction", "éviction"],
        words("Eviction", "Éviction"),
        words(
            "The end of a pod that Kubernetes decides: for a drain, for a taint not tolerated, or because a node runs out of memory or disk.",
            "La fin d’un pod décidée par Kubernetes : vidage, taint non tolérée, ou nœud à court de mémoire ou de disque.",
        ),
    ),
    term(
        &["failure-domain", "failure domain", "domaine de panne"],
        words("Failure domain", "Domaine de panne"),
        words(
            "Whatever is lost together: a machine, a rack, a zone, a site, a region. Replicas count only as far as they stand in different ones.",
            "Ce qui se perd ensemble : machine, baie, zone, site, région. Des réplicas ne comptent que dans des domaines différents.",
        ),
    ),
    term(
        &["fence", "bloc"],
        words("Fence", "Bloc de figure"),
        words(
            "A fenced block of a report with the info string `epure`, which places one figure.",
            "Un bloc de code d’un rapport, marqué `epure`, qui place une figure.",
        ),
    ),
    term(
        &["freedom-from-interference", "freedom from interference", "ffi", "absence d’interférence"],
        words("Freedom from interference", "Absence d’interférence"),
        words(
            "No fault of a less critical partition reaches a more critical one, in time, memory or communication (ISO 26262-1).",
            "Aucune faute d’une partition moins critique n’atteint une plus critique, ni en temps, ni en mémoire, ni en communication (ISO 26262-1).",
        ),
    ),
    term(
        &["ftti"],
        words("FTTI", "FTTI"),
        words(
            "Fault-tolerant time interval: how long a fault may last before it becomes a hazard. Detection, reaction and reaching the safe state must fit into it (ISO 26262).",
            "Intervalle de tolérance aux fautes : combien de temps une faute peut durer avant de devenir un danger. Détection, réaction et mise en état sûr doivent y tenir (ISO 26262).",
        ),
    ),
    term(
        &["function", "fonction"],
        words("Function", "Fonction"),
        words(
            "What a design is for, as its users would name it, with the components it uses and what is promised for each disruption.",
            "Ce à quoi sert une conception, dans les mots de ses usagers, avec les composants utilisés et ce qui est promis pour chaque perturbation.",
        ),
    ),
    term(
        &["grace-period", "grace period", "grace", "délai de grâce"],
        words("Grace period", "Délai de grâce"),
        words(
            "From the moment a pod is told to end to the moment it is killed (30 s unless stated); the `preStop` pause counts in it. Not to be confused with the node monitor grace period, after which a silent node is NotReady (40 s up to Kubernetes 1.31, 50 s from 1.32).",
            "Du moment où un pod doit finir au moment où il est tué (30 s sauf mention) ; la pause `preStop` y est comprise. À ne pas confondre avec le délai après lequel un nœud muet est NotReady (40 s jusqu’à Kubernetes 1.31, 50 s depuis 1.32).",
        ),
    ),
    term(
        &["host-group", "host group", "hosts", "groupe d’hôtes"],
        words("Host group", "Groupe d’hôtes"),
        words(
            "Identical machines: how many, where, of which size, on which stack, at which price.",
            "Des machines identiques : combien, où, de quelle taille, sur quelle stack, à quel prix.",
        ),
    ),
    term(
        &["hypervisor", "hyperviseur"],
        words("Hypervisor", "Hyperviseur"),
        words(
            "What runs virtual machines and keeps them apart with the processor's help.",
            "Ce qui fait tourner des machines virtuelles et les sépare avec l’aide du processeur.",
        ),
    ),
    term(
        &["immutability", "immutable", "immuabilité"],
        words("Immutability", "Immuabilité"),
        words(
            "For how long a backup or a log cannot be changed or deleted, not even by whoever holds the account.",
            "Combien de temps une sauvegarde ou un journal ne peut être ni modifié ni effacé, même par qui tient le compte.",
        ),
    ),
    term(
        &["kernel-sharing", "kernel sharing", "partage du noyau"],
        words("Kernel sharing", "Partage du noyau"),
        words(
            "Which applications run on one and the same kernel. It follows from the topmost layer that brings a kernel and what there is one of it for.",
            "Quelles applications tournent sur un même noyau. Cela découle de la plus haute couche qui apporte un noyau, et de ce pour quoi il y en a un.",
        ),
    ),
    term(
        &["layer", "couche"],
        words("Layer", "Couche"),
        words(
            "A part of a stack, and what there is one of it for (`per`): host, VM or application. That one word decides what is shared.",
            "Une partie d’une stack, et ce pour quoi il y en a une (`per`) : hôte, VM ou application. Ce seul mot décide de ce qui est partagé.",
        ),
    ),
    term(
        &["limit", "limits", "limite"],
        words("Limit", "Limite (limit)"),
        words(
            "The most a container may use. Over its memory limit it is killed (OOM); over its CPU limit it is slowed.",
            "Le maximum qu’un conteneur peut utiliser. Au-delà de sa limite mémoire il est tué (OOM) ; au-delà de sa limite CPU il est ralenti.",
        ),
    ),
    term(
        &["liveness", "liveness-probe", "liveness probe"],
        words("Liveness probe", "Sonde de vivacité (liveness)"),
        words(
            "Asks whether the process must be restarted. It asks the process alone: one that asks the database restarts every replica when the database is down.",
            "Demande si le processus doit être redémarré. Elle n’interroge que le processus : si elle interroge la base, chaque réplica redémarre quand la base est en panne.",
        ),
    ),
    term(
        &["members", "member", "membres"],
        words("Members", "Membres"),
        words(
            "The machines that a component stands on outside Kubernetes, where `replicas` would be pods.",
            "Les machines sur lesquelles un composant se tient hors Kubernetes, là où `replicas` compterait des pods.",
        ),
    ),
    term(
        &["mtpd", "tolerable", "durée tolérable"],
        words("Maximum tolerable period of disruption", "Durée maximale tolérable d’interruption"),
        words(
            "The time after which the loss of a function can no longer be borne (ISO 22301). The RTO must stay below it.",
            "Le temps au-delà duquel la perte d’une fonction n’est plus supportable (ISO 22301). Le RTO doit rester en dessous.",
        ),
    ),
    term(
        &["n-1", "n−1", "headroom", "marge"],
        words("N-1, zone-1", "N-1, zone-1"),
        words(
            "Whether everything still fits when one node, or one zone, is lost: the requests of all pods against the allocatable capacity that is left.",
            "Si tout tient encore quand un nœud, ou une zone, est perdu : les requests de tous les pods contre la capacité allouable qui reste.",
        ),
    ),
    term(
        &["namespace", "espace de noms"],
        words("Namespace", "Espace de noms"),
        words(
            "Kubernetes: a part of a cluster with its own names, team and quota. It isolates names, not kernels.",
            "Kubernetes : une partie d’un cluster avec ses noms, son équipe et son quota. Il isole des noms, pas des noyaux.",
        ),
    ),
    term(
        &["partition"],
        words("Partition", "Partition"),
        words(
            "Automotive: a static share of a SoC, with its cores, memory, operating system and ASIL.",
            "Automobile : une part figée d’un SoC, avec ses cœurs, sa mémoire, son système et son ASIL.",
        ),
    ),
    term(
        &["qos", "qos-class", "qos class", "classe de qos"],
        words("QoS class", "Classe de QoS"),
        words(
            "What Kubernetes makes of requests and limits. *Guaranteed*: both are stated and equal, for CPU and memory of every container; *BestEffort*: none is stated; *Burstable*: anything else. It decides who is killed first when memory runs out on a node.",
            "Ce que Kubernetes déduit des requests et limits. *Guaranteed* : les deux dites et égales, CPU et mémoire, pour chaque conteneur ; *BestEffort* : aucune ; *Burstable* : le reste. Elle décide de qui est tué le premier quand la mémoire d’un nœud manque.",
        ),
    ),
    term(
        &["quorum"],
        words("Quorum", "Quorum"),
        words(
            "More than half of the members of a consensus store. Without it nothing is decided, so its members stand in three failure domains.",
            "Plus de la moitié des membres d’un magasin à consensus. Sans lui rien n’est décidé ; ses membres se tiennent donc dans trois domaines de panne.",
        ),
    ),
    term(
        &["quota"],
        words("Quota", "Quota"),
        words(
            "The sum of requests or limits that a namespace may hold; a pod beyond it is refused.",
            "La somme de requests ou de limits qu’un espace de noms peut porter ; un pod de trop est refusé.",
        ),
    ),
    term(
        &["readiness", "readiness-probe", "readiness probe"],
        words("Readiness probe", "Sonde de disponibilité (readiness)"),
        words(
            "Asks whether a pod may get traffic. While it fails the pod stays and its endpoint goes; if every replica asks the same database, all go at once.",
            "Demande si un pod peut recevoir du trafic. Tant qu’elle échoue le pod reste et son endpoint part ; si chaque réplica interroge la même base, tous partent ensemble.",
        ),
    ),
    term(
        &["replication", "réplication"],
        words("Replication", "Réplication"),
        words(
            "Keeping copies of data in step. *Synchronous, strict*: a write waits for the copy, and stops without one; *synchronous* without strictness falls back in silence and may then lose data; *asynchronous* loses what was under way.",
            "Tenir des copies à jour. *Synchrone stricte* : une écriture attend la copie, et s’arrête sans elle ; *synchrone* non stricte, elle se rabat en silence et peut alors perdre des données ; *asynchrone*, elle perd ce qui était en route.",
        ),
    ),
    term(
        &["request", "requests"],
        words("Request", "Request"),
        words(
            "What the scheduler keeps for a container on a node. Without it the pod fits anywhere on paper.",
            "Ce que l’ordonnanceur réserve à un conteneur sur un nœud. Sans elle le pod tient partout, sur le papier.",
        ),
    ),
    term(
        &["rpo"],
        words("RPO", "RPO"),
        words(
            "Recovery point objective (ISO 22301): how much data, as a time, may be lost in a disruption.",
            "Objectif de point de reprise (ISO 22301) : combien de données, en temps, peuvent être perdues lors d’une perturbation.",
        ),
    ),
    term(
        &["rto"],
        words("RTO", "RTO"),
        words(
            "Recovery time objective (ISO 22301): after how long a function must work again after a disruption.",
            "Objectif de temps de reprise (ISO 22301) : après combien de temps une fonction doit marcher de nouveau.",
        ),
    ),
    term(
        &["segment"],
        words("Segment", "Segment"),
        words(
            "A network trust zone: what it lets in, from where, through which enforcement point.",
            "Une zone de confiance du réseau : ce qu’elle laisse entrer, d’où, par quel point de contrôle.",
        ),
    ),
    term(
        &["single-point-of-failure", "single point of failure", "spof", "point de défaillance unique"],
        words("Single point of failure", "Point de défaillance unique"),
        words(
            "Something whose loss alone stops a function. It follows from what the function uses, what that hard-needs, and in how many failure domains each stands.",
            "Ce dont la perte seule arrête une fonction. Cela découle de ce qu’elle utilise, de ce que cela requiert strictement, et du nombre de domaines de panne de chacun.",
        ),
    ),
    term(
        &["stack"],
        words("Stack", "Stack"),
        words(
            "The layers under an application, from the ground up.",
            "Les couches sous une application, à partir du sol.",
        ),
    ),
    term(
        &["startup", "startup-probe", "startup probe"],
        words("Startup probe", "Sonde de démarrage (startup)"),
        words(
            "Until it passes the other two wait, so that a slow start is not taken for a hang.",
            "Tant qu’elle n’a pas réussi les deux autres attendent : un démarrage lent n’est pas pris pour un blocage.",
        ),
    ),
    term(
        &["third-party", "third party", "prestataire"],
        words("Third party", "Prestataire"),
        words(
            "Who provides what one does not run, from where, and whether and how it could be replaced.",
            "Qui fournit ce qu’on ne fait pas tourner, d’où, et si et comment on pourrait le remplacer.",
        ),
    ),
    term(
        &["toleration", "tolérance", "taint"],
        words("Taint and toleration", "Taint et tolérance"),
        words(
            "A taint keeps pods off a node, a toleration lets one stay: 300 s on a node that is NotReady or unreachable, unless stated. Only then is a Deployment's pod replaced elsewhere.",
            "Une taint écarte les pods d’un nœud, une tolérance en laisse un : 300 s sur un nœud NotReady ou injoignable, sauf mention. C’est seulement après que le pod d’un Deployment est remplacé ailleurs.",
        ),
    ),
    term(
        &["unanswered", "sans réponse"],
        words("Unanswered", "Sans réponse"),
        words(
            "A check that could not be decided because the design does not say. It is shown: silence is not a pass.",
            "Une vérification indécidable parce que la conception n’en dit rien. Elle est montrée : le silence ne vaut pas succès.",
        ),
    ),
    term(
        &["variant", "variante", "extends"],
        words("Variant", "Variante"),
        words(
            "A design that `extends` another and states only what differs; `without` takes something away.",
            "Une conception qui en prolonge une autre (`extends`) et ne dit que ce qui diffère ; `without` retire.",
        ),
    ),
    term(
        &["waiver", "dérogation"],
        words("Waiver", "Dérogation"),
        words(
            "A finding accepted in writing: rule, target, reason, owner, until when. One that has expired, or accepts nothing, is a finding itself.",
            "Un constat accepté par écrit : règle, cible, raison, responsable, échéance. Expirée, ou sans objet, elle devient elle-même un constat.",
        ),
    ),
    term(
        &["workspace", "espace de travail"],
        words("Workspace", "Espace de travail"),
        words(
            "A folder with `epure.yaml` and, in any layout beneath it, YAML documents and Markdown reports.",
            "Un dossier avec `epure.yaml` et, dans n’importe quel rangement dessous, des documents YAML et des rapports Markdown.",
        ),
    ),
    term(
        &["zone"],
        words("Zone", "Zone"),
        words(
            "A part of a site or region with its own power and network: the usual failure domain above a machine.",
            "Une partie d’un site ou d’une région avec son énergie et son réseau : le domaine de panne usuel au-dessus de la machine.",
        ),
    ),
];
