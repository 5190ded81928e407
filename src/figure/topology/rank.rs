//! Ranks and the order within them.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Item;

/// Ways to set children in rows: ranked by their connections, or filled up where there are none.
pub(super) fn arrangements(
    children: &[Item],
    edges: &BTreeSet<(Item, Item)>,
    widths: &BTreeMap<Item, i32>,
    room: i32,
) -> Vec<Vec<Vec<Item>>> {
    let touched: BTreeSet<Item> = edges.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let (ranked, loose): (Vec<Item>, Vec<Item>) = children.iter().partition(|child| touched.contains(child));
    if ranked.is_empty() {
        return (1..=loose.len().clamp(1, 8))
            .map(|columns| loose.chunks(columns).map(<[Item]>::to_vec).collect())
            .collect();
    }
    let ranks = ordered(ranks(&ranked, edges), edges);
    let mut out = Vec::new();
    for most in [usize::MAX, 4, 3, 2] {
        let mut rows = Vec::new();
        for rank in &ranks {
            rows.extend(wrapped(rank, widths, room, most));
        }
        rows.extend(wrapped(&loose, widths, room, most.min(6)));
        out.push(rows);
        // What talks to nobody may also fill up a row that has room.
        let mut filled = wrapped_all(&ranks, widths, room, most);
        let mut left = Vec::new();
        for item in &loose {
            let wide = widths.get(item).copied().unwrap_or(0) + 40;
            let space = filled
                .iter_mut()
                .filter(|row| length(row, widths) + wide <= room)
                .min_by_key(|row| length(row, widths));
            match space {
                Some(row) => row.push(*item),
                None => left.push(*item),
            }
        }
        filled.extend(wrapped(&left, widths, room, most));
        out.push(filled);
    }
    out.dedup();
    out
}

fn wrapped_all(ranks: &[Vec<Item>], widths: &BTreeMap<Item, i32>, room: i32, most: usize) -> Vec<Vec<Item>> {
    ranks.iter().flat_map(|rank| wrapped(rank, widths, room, most)).collect()
}

fn length(row: &[Item], widths: &BTreeMap<Item, i32>) -> i32 {
    row.iter().map(|item| widths.get(item).copied().unwrap_or(0) + 40).sum()
}

/// One rank in rows of at most so many items and so many pixels.
fn wrapped(rank: &[Item], widths: &BTreeMap<Item, i32>, room: i32, most: usize) -> Vec<Vec<Item>> {
    let mut rows: Vec<Vec<Item>> = Vec::new();
    for item in rank {
        let wide = widths.get(item).copied().unwrap_or(0);
        match rows.last_mut().filter(|row| row.len() < most && length(row, widths) + wide <= room) {
            Some(row) => row.push(*item),
            None => rows.push(vec![*item]),
        }
    }
    rows
}

/// The longest path from a beginning; edges that would close a circle are left out.
fn ranks(items: &[Item], edges: &BTreeSet<(Item, Item)>) -> Vec<Vec<Item>> {
    let forward = acyclic(items, edges);
    let mut rank: BTreeMap<Item, usize> = items.iter().map(|item| (*item, 0)).collect();
    for _ in 0..items.len() {
        let mut changed = false;
        for (from, to) in &forward {
            let least = rank.get(from).copied().unwrap_or(0) + 1;
            if let Some(slot) = rank.get_mut(to).filter(|slot| **slot < least) {
                *slot = least;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    // Something that only calls stands directly above what it calls, not at the top of the page.
    for item in items.iter().rev() {
        let nearest = forward.iter().filter(|(from, _)| from == item).filter_map(|(_, to)| rank.get(to)).min().copied();
        let called = forward.iter().any(|(_, to)| to == item);
        if let Some(nearest) = nearest.filter(|nearest| !called && *nearest > 0) {
            rank.insert(*item, nearest - 1);
        }
    }
    let mut out = vec![Vec::new(); rank.values().max().map_or(0, |most| most + 1)];
    for (item, at) in rank {
        out.get_mut(at).into_iter().for_each(|row| row.push(item));
    }
    out.retain(|row| !row.is_empty());
    out
}

/// The edges without those that lead back, found by walking in the order of the topology.
fn acyclic(items: &[Item], edges: &BTreeSet<(Item, Item)>) -> Vec<(Item, Item)> {
    let mut out = Vec::new();
    let (mut done, mut open): (BTreeSet<Item>, BTreeSet<Item>) = Default::default();
    let called: BTreeSet<Item> = edges.iter().map(|(_, to)| *to).collect();
    let starts = items.iter().filter(|item| !called.contains(item)).chain(items);
    for start in starts {
        let mut stack = vec![(*start, false)];
        while let Some((item, leaving)) = stack.pop() {
            if leaving {
                open.remove(&item);
                done.insert(item);
                continue;
            }
            if done.contains(&item) || !open.insert(item) {
                continue;
            }
            stack.push((item, true));
            for (from, to) in edges.range((item, Item::Group(0))..).take_while(|(from, _)| *from == item) {
                if !open.contains(to) {
                    out.push((*from, *to));
                    stack.push((*to, false));
                }
            }
        }
    }
    out
}

/// Orders each rank by the middle of its neighbours in the rank before, then after, a few times.
fn ordered(mut ranks: Vec<Vec<Item>>, edges: &BTreeSet<(Item, Item)>) -> Vec<Vec<Item>> {
    let mut best = (crossings(&ranks, edges), ranks.clone());
    for sweep in 0..6 {
        let count = ranks.len();
        let order: Vec<usize> =
            if sweep % 2 == 0 { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
        for at in order {
            let places: BTreeMap<Item, i64> = ranks
                .iter()
                .flat_map(|row| {
                    row.iter().enumerate().map(|(i, item)| (*item, (2 * i as i64 + 1) * 1000 / row.len() as i64))
                })
                .collect();
            let Some(row) = ranks.get_mut(at) else { continue };
            row.sort_by_cached_key(|item| {
                let near: Vec<i64> = edges
                    .iter()
                    .filter_map(|(from, to)| {
                        if from == item {
                            places.get(to)
                        } else if to == item {
                            places.get(from)
                        } else {
                            None
                        }
                    })
                    .copied()
                    .collect();
                let own = places.get(item).copied().unwrap_or(0);
                if near.is_empty() { own } else { near.iter().sum::<i64>() / near.len() as i64 }
            });
        }
        let count = crossings(&ranks, edges);
        if count < best.0 {
            best = (count, ranks.clone());
        }
    }
    best.1
}

/// How often straight connections between neighbouring rows would cross.
fn crossings(rows: &[Vec<Item>], edges: &BTreeSet<(Item, Item)>) -> usize {
    let spot: BTreeMap<Item, (usize, usize)> = rows
        .iter()
        .enumerate()
        .flat_map(|(r, row)| row.iter().enumerate().map(move |(i, item)| (*item, (r, i))))
        .collect();
    let lines: Vec<((usize, usize), (usize, usize))> = edges
        .iter()
        .filter_map(|(from, to)| {
            let (a, b) = (*spot.get(from)?, *spot.get(to)?);
            (a.0 != b.0).then_some(if a.0 < b.0 { (a, b) } else { (b, a) })
        })
        .collect();
    let mut count = 0;
    for (i, one) in lines.iter().enumerate() {
        for other in lines.iter().skip(i + 1).filter(|other| one.0.0 == other.0.0 && one.1.0 == other.1.0) {
            let ends = (one.0.1.cmp(&other.0.1), one.1.1.cmp(&other.1.1));
            count += usize::from(ends.0.is_ne() && ends.1.is_ne() && ends.0 != ends.1);
        }
    }
    count
}

/// What speaks against rows: connections that run far, or within a row past others.
pub(super) fn cost(rows: &[Vec<Item>], edges: &BTreeSet<(Item, Item)>) -> i64 {
    let spot: BTreeMap<Item, (i64, i64)> = rows
        .iter()
        .enumerate()
        .flat_map(|(r, row)| row.iter().enumerate().map(move |(i, item)| (*item, (r as i64, i as i64))))
        .collect();
    let far = edges.iter().filter_map(|(from, to)| {
        let (a, b) = (spot.get(from)?, spot.get(to)?);
        Some(((a.0 - b.0).abs() - 1).max(0) + if a.0 == b.0 { (a.1 - b.1).abs() } else { 0 })
    });
    far.sum::<i64>() * 120 + crossings(rows, edges) as i64 * 200
}
