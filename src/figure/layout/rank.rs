//! Layers: which children of a box come before which.
//!
//! Cycles are broken where the author's order runs against them, ranks are longest paths (Sugiyama),
//! and what could stand later is moved next to what follows it.

/// Connections between the children of one box, by their places among the children, with weights.
pub(super) type Lifted = Vec<(usize, usize, f64)>;

/// A sequence in which few connections run backwards.
fn sequence(count: usize, edges: &Lifted) -> Vec<usize> {
    let mut out: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    for &(from, to, weight) in edges {
        out[from].push((to, weight));
        into[to].push((from, weight));
    }
    let mut outs: Vec<f64> = out.iter().map(|list| list.iter().map(|pair| pair.1).sum()).collect();
    let mut ins: Vec<f64> = into.iter().map(|list| list.iter().map(|pair| pair.1).sum()).collect();
    let mut is_gone = vec![false; count];
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let open = || (0..count).filter(|at| !is_gone[*at]);
        let sink = open().find(|at| outs[*at] < 0.5);
        let source = open().find(|at| ins[*at] < 0.5);
        let next = match (source, sink) {
            (Some(at), _) | (None, Some(at)) => at,
            // Where everything is in a circle, what the author names first comes first: weights would make the
            // sequence hinge on every single connection.
            (None, None) => open().next().unwrap_or(0),
        };
        is_gone[next] = true;
        if source.is_none() && sink.is_some() {
            last.push(next);
        } else {
            first.push(next);
        }
        for (to, weight) in &out[next] {
            ins[*to] -= weight;
        }
        for (from, weight) in &into[next] {
            outs[*from] -= weight;
        }
    }
    last.reverse();
    first.extend(last);
    first
}

/// The rank of each child, or none for one without connections.
pub(super) fn ranks(count: usize, edges: &Lifted) -> Vec<Option<usize>> {
    let order = sequence(count, edges);
    let mut place = vec![0; count];
    for (at, child) in order.iter().enumerate() {
        place[*child] = at;
    }
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); count];
    for &(from, to, _) in edges {
        let (from, to) = if place[from] < place[to] { (from, to) } else { (to, from) };
        out[from].push(to);
        into[to].push(from);
    }
    let mut rank = vec![0_usize; count];
    for &child in &order {
        rank[child] = into[child].iter().map(|from| rank[*from] + 1).max().unwrap_or(0);
    }
    // What leads to more than it comes from stands just before what it leads to.
    for &child in order.iter().rev() {
        if out[child].len() > into[child].len() {
            let latest = out[child].iter().map(|to| rank[*to]).min().unwrap_or(1);
            rank[child] = rank[child].max(latest.saturating_sub(1));
        }
    }
    (0..count).map(|child| (!out[child].is_empty() || !into[child].is_empty()).then_some(rank[child])).collect()
}

/// Rows by rank, ordered by the middles of neighbours; and what has no neighbours.
pub(super) fn rows(count: usize, edges: &Lifted) -> (Vec<Vec<usize>>, Vec<usize>) {
    let ranks = ranks(count, edges);
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut loose = Vec::new();
    for (child, rank) in ranks.iter().enumerate() {
        match rank {
            Some(rank) => {
                if rows.len() <= *rank {
                    rows.resize(rank + 1, Vec::new());
                }
                rows[*rank].push(child);
            }
            None => loose.push(child),
        }
    }
    rows.retain(|row| !row.is_empty());
    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    for &(from, to, weight) in edges {
        near[from].push((to, weight));
        near[to].push((from, weight));
    }
    let mut at = vec![0.0; count];
    let set = |row: &[usize], at: &mut Vec<f64>| {
        for (index, child) in row.iter().enumerate() {
            at[*child] = index as f64 - (row.len() as f64 - 1.0) / 2.0;
        }
    };
    rows.iter().for_each(|row| set(row, &mut at));
    for round in 0..6 {
        for step in 0..rows.len() {
            let index = if round % 2 == 0 { step } else { rows.len() - 1 - step };
            let middle = |child: usize| {
                let weight: f64 = near[child].iter().map(|pair| pair.1).sum();
                near[child].iter().map(|pair| at[pair.0] * pair.1).sum::<f64>() / weight.max(1.0)
            };
            let mut keyed: Vec<(f64, usize)> = rows[index].iter().map(|child| (middle(*child), *child)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            rows[index] = keyed.into_iter().map(|pair| pair.1).collect();
            set(&rows[index], &mut at);
        }
    }
    (rows, loose)
}
