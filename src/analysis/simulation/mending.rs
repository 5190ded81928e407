//! The one change that would let something recover alone, or that users would not have noticed.

use super::campaign::Mending;
use super::outcome::{ComponentOutcome, FailedBy, Recovery, Simulation};
use super::trace::{Entry, Unfit, What};
use crate::analysis::view::{Home, View};
use crate::design::model::component::{Component, Failover, Reach, Workload};
use crate::said;
use crate::source::Said;

/// The change that would mend a component: the nearest cause that a design can do something about.
pub(super) fn mend(view: &View<'_>, simulation: &Simulation, outcome: &ComponentOutcome) -> Option<Mending> {
    let name = outcome.name.as_str();
    let component = view.design.components.get(name)?;
    let seen = Seen { view, simulation, name, component };
    let found = if outcome.outcome.recovers == Recovery::Alone {
        seen.to_be_unnoticed(&outcome.outcome.failed_by)
    } else {
        seen.to_recover().or_else(|| seen.to_be_unnoticed(&outcome.outcome.failed_by))
    };
    found.map(|(because, change, key)| Mending { component: name.to_owned(), because, change, path: view.path(&key) })
}

struct Seen<'s, 'a> {
    view: &'s View<'a>,
    simulation: &'s Simulation,
    name: &'s str,
    component: &'s Component,
}

type Found = Option<(Said, Said, String)>;

impl Seen<'_, '_> {
    fn key(&self, rest: &str) -> String {
        format!("components.{}.{rest}", self.name)
    }

    fn own(&self) -> impl Iterator<Item = &Entry> {
        self.simulation.trace.iter().filter(|entry| entry.object.component.as_deref() == Some(self.name))
    }

    fn has(&self, of: impl Fn(What) -> bool) -> bool {
        self.own().any(|entry| of(entry.what))
    }

    /// What would let it recover without anybody's help.
    fn to_recover(&self) -> Found {
        let name = self.name;
        let last_wait = self.own().filter_map(|entry| match entry.what {
            What::Pending(why) => Some(why),
            _ => None,
        });
        if let Some(why) = last_wait.last() {
            return self.pending(why);
        }
        if self.simulation.trace.iter().any(|entry| entry.what == What::ControlPlaneDown)
            && !self.simulation.trace.iter().any(|entry| entry.what == What::ControlPlaneUp)
            && let Home::Cluster(cluster, _) = self.view.home(self.component)
        {
            return Some((
                said!(
                    "nobody is left to repair: the control plane is lost with it",
                    "plus personne pour réparer : le control plane est perdu avec lui"
                ),
                said!(
                    "three control-plane members on machines that fail apart",
                    "trois membres du control plane sur des machines qui tombent séparément"
                ),
                format!("clusters.{cluster}.control_plane.members"),
            ));
        }
        if self.has(|what| what == What::WaitsForPerson) {
            return Some((
                said!(
                    "nobody but a person promotes a standby of `{name}`",
                    "seule une personne promeut un standby de `{name}`"
                ),
                said!(
                    "automatic failover, with a consensus store that survives the same loss",
                    "une bascule automatique, avec un magasin de consensus qui survit à la même perte"
                ),
                self.key("replication.failover"),
            ));
        }
        if self.has(|what| what == What::WritesStop) {
            return Some((
                said!(
                    "strict synchronous replication has no copy left to wait for",
                    "la réplication synchrone stricte n’a plus de copie à attendre"
                ),
                said!("one member more", "un membre de plus"),
                self.key("replication.members"),
            ));
        }
        if self.has(|what| matches!(what, What::Corrupted | What::VolumeLost)) {
            return self.data();
        }
        let identity =
            self.view.in_kubernetes(self.component) && self.view.workload(self.component) == Workload::StatefulSet;
        if identity && self.has(|what| matches!(what, What::MarkedForDeletion | What::LeftEndpoints)) {
            return Some((
                said!(
                    "a StatefulSet never runs an identity twice: it waits until its node is back, deleted or declared out of service",
                    "un StatefulSet n’exécute jamais deux fois une identité : il attend que son nœud revienne, soit supprimé ou déclaré hors service"
                ),
                said!(
                    "a controller that deletes the Node object or sets the out-of-service taint once the machine is known to be off",
                    "un contrôleur qui supprime l’objet Node ou pose le taint out-of-service dès que la machine est réputée éteinte"
                ),
                self.key("workload"),
            ));
        }
        if self.has(|what| matches!(what, What::BackOff(_))) {
            return self.starts();
        }
        if !self.view.in_kubernetes(self.component) {
            return self.member();
        }
        None
    }

    fn pending(&self, why: Unfit) -> Found {
        let because = super::words::unfit(why);
        let cluster = match self.view.home(self.component) {
            Home::Cluster(_, cluster) => cluster,
            _ => return None,
        };
        let hosts = cluster.workers.first().map_or_else(String::new, |group| format!("hosts.{group}.count"));
        Some(match why {
            Unfit::Room => (
                because,
                said!("one node more, or smaller requests", "un nœud de plus, ou des requests plus petites"),
                hosts,
            ),
            Unfit::NoNode => (because, said!("one node more, elsewhere", "un nœud de plus, ailleurs"), hosts),
            Unfit::Spread => (
                because,
                said!(
                    "`preferred` instead of `required`, or a node more in every zone",
                    "`preferred` au lieu de `required`, ou un nœud de plus par zone"
                ),
                self.key("spread"),
            ),
            Unfit::Volume => {
                let local = self.component.storage.as_ref().and_then(|storage| storage.reach) == Some(Reach::Node);
                let change = if local {
                    said!(
                        "a volume that can be attached to another node, or a replicated database",
                        "un volume attachable à un autre nœud, ou une base répliquée"
                    )
                } else {
                    said!(
                        "a node more in every zone, or a volume that reaches further",
                        "un nœud de plus par zone, ou un volume de plus grande portée"
                    )
                };
                (because, change, self.key("storage.reach"))
            }
        })
    }

    fn data(&self) -> Found {
        let name = self.name;
        Some(if self.component.backups.is_empty() {
            (
                said!("`{name}` has no backup", "`{name}` n’a pas de sauvegarde"),
                said!(
                    "a base backup and a log to where the same loss does not reach",
                    "une sauvegarde de base et un journal là où la même perte n’arrive pas"
                ),
                self.key("backups"),
            )
        } else {
            (
                said!(
                    "only a backup goes back before the mistake, and a person restores it",
                    "seule une sauvegarde revient avant l’erreur, et c’est une personne qui la restaure"
                ),
                said!(
                    "restores that are timed in exercises, so that the objective is known to be kept",
                    "des restaurations chronométrées en exercice, pour savoir l’objectif tenu"
                ),
                "exercises".to_owned(),
            )
        })
    }

    fn starts(&self) -> Found {
        let startup = self.component.probes.as_ref().is_some_and(|probes| probes.startup.is_some());
        Some(if startup {
            (
                said!(
                    "it starts more slowly than its startup probe waits",
                    "il démarre plus lentement que n’attend sa sonde startup"
                ),
                said!(
                    "a startup probe that waits longer (`failures` × `period`)",
                    "une sonde startup qui attend plus longtemps (`failures` × `period`)"
                ),
                self.key("probes.startup"),
            )
        } else {
            (
                said!(
                    "its liveness probe kills it before it has started",
                    "sa sonde liveness le tue avant qu’il ait démarré"
                ),
                said!(
                    "a startup probe: until it passes, the other two wait",
                    "une sonde startup : tant qu’elle ne passe pas, les deux autres attendent"
                ),
                self.key("probes.startup"),
            )
        })
    }

    fn member(&self) -> Found {
        let name = self.name;
        let lost_machine = self.simulation.trace.iter().any(|entry| entry.what == What::PowerLost);
        let first = self.simulation.trace.first();
        if !lost_machine && first.is_some_and(|entry| matches!(entry.what, What::Crashed | What::Hangs)) {
            return Some((
                said!("nobody starts a member of `{name}` again", "personne ne relance un membre de `{name}`"),
                said!(
                    "a service manager that starts it again: `restart: always`",
                    "un gestionnaire de services qui le relance : `restart: always`"
                ),
                self.key("restart"),
            ));
        }
        let group = match self.view.home(self.component) {
            Home::Hosts(group, _) => group,
            Home::Partition(_, partition) => partition.runs_on.0.as_str(),
            _ => return None,
        };
        Some((
            said!(
                "a machine of `{group}` does not come back by itself",
                "une machine de `{group}` ne revient pas d’elle-même"
            ),
            said!(
                "something that replaces the machine or starts its virtual machine elsewhere",
                "de quoi remplacer la machine ou relancer sa machine virtuelle ailleurs"
            ),
            format!("hosts.{group}.restarts_vms"),
        ))
    }

    /// What would have kept users from noticing.
    fn to_be_unnoticed(&self, failed: &FailedBy) -> Found {
        let wanted = self.view.wanted(self.component);
        let worst = failed.shares().into_iter().fold(0.0, f64::max);
        if worst <= 0.0 {
            return None;
        }
        if failed.not_ready >= worst {
            return Some((
                said!(
                    "traffic came to processes that still started",
                    "du trafic est arrivé à des processus encore en démarrage"
                ),
                said!("a readiness probe", "une sonde readiness"),
                self.key("probes.readiness"),
            ));
        }
        if failed.terminating >= worst {
            return Some((
                said!(
                    "processes ended while endpoints still led to them",
                    "des processus se sont arrêtés pendant que des endpoints y menaient encore"
                ),
                said!(
                    "a preStop longer than endpoints take, and a process that drains on SIGTERM",
                    "un preStop plus long que les endpoints, et un processus qui se vide sur SIGTERM"
                ),
                self.key("stops.pre_stop"),
            ));
        }
        if failed.overloaded >= worst {
            return Some((
                said!("what was left could not carry the load", "ce qui restait ne pouvait pas porter la charge"),
                said!("one replica more than the peak needs", "un réplica de plus que la pointe n’exige"),
                self.key("replicas"),
            ));
        }
        if wanted <= 1 && (failed.no_endpoint >= worst || failed.dead_endpoint >= worst) {
            return Some((
                said!("it was the only one", "c’était le seul"),
                said!(
                    "two or more replicas on nodes that fail apart",
                    "deux réplicas ou plus sur des nœuds qui tombent séparément"
                ),
                self.key("replicas"),
            ));
        }
        if self
            .component
            .replication
            .as_ref()
            .is_some_and(|replication| replication.failover == Some(Failover::Patroni))
        {
            return Some((
                said!(
                    "nobody may write until the leader’s lock has run out",
                    "personne ne peut écrire tant que le verrou du leader n’a pas expiré"
                ),
                said!(
                    "a shorter `ttl` (at least `loop_wait` + 2 × `retry_timeout`), or clients that wait and try again",
                    "un `ttl` plus court (au moins `loop_wait` + 2 × `retry_timeout`), ou des clients qui attendent et réessaient"
                ),
                self.key("replication.ttl"),
            ));
        }
        if failed.dead_endpoint >= worst {
            return Some((
                said!(
                    "requests went on to what no longer answered until that was noticed",
                    "des requêtes sont allées à ce qui ne répondait plus jusqu’à ce qu’on s’en aperçoive"
                ),
                said!(
                    "callers that try another endpoint when one does not answer",
                    "des appelants qui essaient un autre endpoint quand l’un ne répond pas"
                ),
                self.key("probes.readiness"),
            ));
        }
        None
    }
}
