//! Words for what happened, in both languages.

use super::engine::in_seconds;
use super::trace::{Object, Raw, Unfit, What};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Said;

/// One entry in words: what was done, to what.
pub(super) fn text(raw: &Raw, object: &Object, on: Option<&str>) -> Said {
    use What as W;
    let name = object.name.as_str();
    let on = on.unwrap_or("");
    match raw.what {
        W::Deleted => said!("`{name}` is deleted", "`{name}` est supprimé"),
        W::PowerLost => said!("`{name}` loses power", "`{name}` perd l’alimentation"),
        W::CutOff => said!("`{name}` is cut off from the network", "`{name}` est coupé du réseau"),
        W::Lost => said!("`{name}` is lost", "`{name}` est perdu"),
        W::VolumeLost => said!("the data of `{name}` are gone", "les données de `{name}` sont perdues"),
        W::BroughtBack => said!("`{name}` is brought back", "`{name}` est remis en service"),
        W::Hangs => said!("`{name}` stops answering without dying", "`{name}` ne répond plus sans mourir"),
        W::Leaks => said!("the memory of `{name}` starts to grow", "la mémoire de `{name}` se met à croître"),
        W::Crashed => said!("`{name}` ends at once", "`{name}` s’arrête net"),
        W::Corrupted => said!(
            "the data of `{name}` become wrong, on every copy",
            "les données de `{name}` deviennent fausses, sur chaque copie"
        ),
        W::RestoreStarted => said!("the restore of `{name}` begins", "la restauration de `{name}` commence"),
        W::RollOutStarted => said!("`{name}` gets a new version", "`{name}` reçoit une nouvelle version"),
        W::SlowStarts => {
            said!("starts of `{name}` take longer from now on", "les démarrages de `{name}` s’allongent désormais")
        }
        W::TakesProcessor => said!(
            "`{name}` takes all the processor time it can get",
            "`{name}` prend tout le temps processeur qu’il peut"
        ),
        W::Surge => said!("more requests arrive on `{name}`", "davantage de requêtes arrivent sur `{name}`"),
        W::DrainStarted => said!("`{name}` is to be emptied", "`{name}` doit être vidé"),
        W::NodeDeleted => said!("the Node object of `{name}` is deleted", "l’objet Node de `{name}` est supprimé"),
        W::OutOfService => said!("`{name}` is declared out of service", "`{name}` est déclaré hors service"),
        W::Created => said!("creates `{name}`", "crée `{name}`"),
        W::Scheduled => said!("binds `{name}` to `{on}`", "affecte `{name}` à `{on}`"),
        W::Pending(why) => pending(name, why),
        W::MarkedForDeletion => said!(
            "deletes `{name}`, which no longer tolerates its node",
            "supprime `{name}`, qui ne tolère plus son nœud"
        ),
        W::ScaledDown => said!("deletes `{name}`", "supprime `{name}`"),
        W::Pulling => said!("fetches the image of `{name}`", "télécharge l’image de `{name}`"),
        W::PullFailed => said!(
            "cannot fetch the image of `{name}`: `{on}` does not answer",
            "ne peut pas télécharger l’image de `{name}` : `{on}` ne répond pas"
        ),
        W::ContainerStarted => said!("starts `{name}`", "démarre `{name}`"),
        W::Answers => said!("`{name}` answers", "`{name}` répond"),
        W::Ready => said!("`{name}` is ready", "`{name}` est prêt"),
        W::NotReady => said!(
            "`{name}` is not ready: its readiness probe fails",
            "`{name}` n’est pas prêt : sa sonde readiness échoue"
        ),
        W::StartupFailed => said!(
            "gives up on the start of `{name}`: its startup probe fails",
            "renonce au démarrage de `{name}` : sa sonde startup échoue"
        ),
        W::LivenessFailed => {
            said!("restarts `{name}`: its liveness probe fails", "redémarre `{name}` : sa sonde liveness échoue")
        }
        W::Terminated => said!("tells `{name}` to end", "demande à `{name}` de s’arrêter"),
        W::Killed => said!("kills `{name}`: its grace period is over", "tue `{name}` : son délai de grâce est écoulé"),
        W::Ended => said!("`{name}` has ended", "`{name}` s’est arrêté"),
        W::BackOff(wait) => said!(
            "waits before it starts `{name}` again: {wait} (CrashLoopBackOff)",
            "attend avant de relancer `{name}` : {wait} (CrashLoopBackOff)",
            wait = seconds(in_seconds(wait))
        ),
        W::OutOfMemory => said!(
            "kills `{name}` for the memory it uses (OOMKilled)",
            "tue `{name}` pour la mémoire qu’il occupe (OOMKilled)"
        ),
        W::Evicted => {
            said!("evicts `{name}`: the node runs short of memory", "évince `{name}` : le nœud manque de mémoire")
        }
        W::EvictionGranted => said!("grants the eviction of `{name}`", "accorde l’éviction de `{name}`"),
        W::EvictionRefused => said!(
            "refuses the eviction of `{name}`: its disruption budget would be broken",
            "refuse l’éviction de `{name}` : son budget de perturbation serait dépassé"
        ),
        W::Gone => said!("`{name}` no longer exists", "`{name}` n’existe plus"),
        W::RolledOut => {
            said!("the new version of `{name}` is everywhere", "la nouvelle version de `{name}` est partout")
        }
        W::Drained => said!("`{name}` is empty", "`{name}` est vide"),
        W::JoinedEndpoints => said!("traffic to `{name}`", "trafic vers `{name}`"),
        W::LeftEndpoints => said!("no more traffic to `{name}`", "fin du trafic vers `{name}`"),
        W::TakenOut => said!("sends nothing more to `{name}`", "n’envoie plus rien à `{name}`"),
        W::TakenIn => said!("sends to `{name}` again", "envoie de nouveau à `{name}`"),
        W::NodeNotReady => said!("finds `{name}` silent: NotReady", "constate le silence de `{name}` : NotReady"),
        W::NodeTainted => {
            said!("taints `{name}`: unreachable, NoExecute", "marque `{name}` d’un taint : unreachable, NoExecute")
        }
        W::NodeReady => said!("`{name}` is Ready", "`{name}` est Ready"),
        W::Booted => said!("`{name}` has booted", "`{name}` a démarré"),
        W::VmRestarted => said!("starts `{name}` again on `{on}`", "relance `{name}` sur `{on}`"),
        W::MemoryPressure => said!("`{name}` runs short of memory", "`{name}` manque de mémoire"),
        W::ControlPlaneDown => said!(
            "the control plane of `{name}` no longer acts: what runs goes on, nothing is repaired",
            "le control plane de `{name}` n’agit plus : ce qui tourne continue, rien n’est réparé"
        ),
        W::ControlPlaneUp => {
            said!("the control plane of `{name}` acts again", "le control plane de `{name}` agit de nouveau")
        }
        W::VolumeAttachedElsewhere => said!(
            "`{name}` waits: its volume is still attached to `{on}`",
            "`{name}` attend : son volume est encore attaché à `{on}`"
        ),
        W::VolumeAttached => said!("attaches the volume of `{name}`", "attache le volume de `{name}`"),
        W::VolumeForceDetached => said!(
            "detaches the volume of `{name}` from `{on}` by force",
            "détache de force le volume de `{name}` de `{on}`"
        ),
        W::QuorumLost => said!("`{name}` no longer has a majority", "`{name}` n’a plus la majorité"),
        W::QuorumBack => said!("`{name}` has a majority again", "`{name}` a de nouveau la majorité"),
        W::LockExpired => {
            said!("the leader’s lock of `{name}` has run out", "le verrou du leader de `{name}` a expiré")
        }
        W::LockReleased => said!("the leader of `{name}` gives its lock back", "le leader de `{name}` rend son verrou"),
        W::PrimaryMissed => {
            said!("finds the primary of `{name}` gone", "constate la disparition du primaire de `{name}`")
        }
        W::Promoted => said!("`{name}` becomes the primary", "`{name}` devient le primaire"),
        W::Demoted => said!(
            "the primary of `{name}` stops writing: it cannot keep its lock",
            "le primaire de `{name}` cesse d’écrire : il ne peut pas garder son verrou"
        ),
        W::WritesStop => {
            said!("writes to `{name}` wait: too few copies", "les écritures de `{name}` attendent : trop peu de copies")
        }
        W::GoesAsynchronous => said!("`{name}` writes on without a copy", "`{name}` continue d’écrire sans copie"),
        W::ClientsFollow => {
            said!("clients of `{name}` have found its primary", "les clients de `{name}` ont trouvé son primaire")
        }
        W::DataLost(lost) => said!(
            "`{name}` loses the writes of {lost}",
            "`{name}` perd les écritures de {lost}",
            lost = seconds(in_seconds(lost))
        ),
        W::WaitsForPerson => said!(
            "`{name}` waits for a person to promote a standby",
            "`{name}` attend qu’une personne promeuve un standby"
        ),
        W::Restored => said!("the data of `{name}` are right again", "les données de `{name}` sont de nouveau justes"),
        W::SafeState => said!("`{name}` is in its safe state", "`{name}` est dans son état sûr"),
        W::PartitionRestarted => said!("the system of `{name}` runs again", "le système de `{name}` tourne de nouveau"),
    }
}

/// Why no node takes a pod.
pub(super) fn unfit(why: Unfit) -> Said {
    match why {
        Unfit::NoNode => said!("no node that it may go to works", "aucun nœud où il peut aller ne fonctionne"),
        Unfit::Room => said!("no node has room for what it requests", "aucun nœud n’a la place qu’il demande"),
        Unfit::Spread => said!(
            "its required spread keeps it from the nodes that are left",
            "sa répartition exigée lui interdit les nœuds restants"
        ),
        Unfit::Volume => {
            said!("its volume cannot be attached elsewhere", "son volume ne peut pas être attaché ailleurs")
        }
    }
}

fn pending(name: &str, why: Unfit) -> Said {
    said!("`{name}` finds no node: {why}", "`{name}` ne trouve pas de nœud : {why}", why = unfit(why))
}
