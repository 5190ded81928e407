//! Consensus stores: they answer as long as more than half of their members do.

use super::super::model::Home;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::World;

impl World<'_> {
    /// A member of a store came or went, or the store was lost or brought back as a whole.
    pub(in super::super) fn store_changed(&mut self, store: usize, because: EntryId) {
        let ours = matches!(self.spec(store).home, Home::Cluster(_) | Home::Machines | Home::Partition(_));
        let pods = self.components[store].pods.iter().copied();
        let alive = pods.filter(|pod| self.pods[*pod].exists() && self.pods[*pod].answers).count();
        let quorum = !self.components[store].lost && (!ours || alive * 2 > self.spec(store).wanted as usize);
        if quorum == self.components[store].quorum {
            return;
        }
        self.components[store].quorum = quorum;
        let what = if quorum { What::QuorumBack } else { What::QuorumLost };
        let setting = Setting::Component(store as u32, "members");
        let entry = self.note_by(Actor::ConsensusStore, Thing::Component(store as u32), what, because, setting);
        self.components[store].because = entry;
        self.touch(store);
        for component in self.model.components.ids() {
            if self.spec(component).database.is_some_and(|database| database.store == Some(store)) {
                self.elector_changed(component, entry);
            }
        }
    }

    /// Whether the store that elects a database's primary has a majority.
    pub(in super::super) fn store_works(&self, component: usize) -> bool {
        let store = self.spec(component).database.and_then(|database| database.store);
        store.is_none_or(|store| self.components[store].quorum)
    }
}
