//! What was observed beside what was simulated.

use super::*;

fn simulated() -> Vec<Simulated> {
    vec![
        ("node/workers-1".into(), What::NodeNotReady, 40.0, 55.0),
        ("pod/quote-app-1".into(), What::PodTerminating, 340.0, 355.0),
        ("pod/quote-app-4".into(), What::PodCreated, 340.0, 355.0),
        ("pod/quote-app-4".into(), What::PodReady, 342.0, 362.0),
        ("pod/quote-db-1".into(), What::PodTerminating, 340.0, f64::INFINITY),
    ]
}

#[test]
fn each_difference_is_named() {
    let text = "+0 s node/a power off\n+36 s node/a NotReady\n+345 s pod/quote-app-7d9c6b7f5-x2x1z Terminating\n\
                +345 s pod/quote-app-7d9c6b7f5-k8kz4 created\n+400 s pod/quote-app-7d9c6b7f5-k8kz4 Ready\n\
                +401 s pod/quote-app-7d9c6b7f5-k8kz4 OOMKilled\n";
    let found = differences(&reading(text).observed, &simulated());
    let how: Vec<How> = found.iter().map(|difference| difference.how).collect();
    assert_eq!(
        how,
        [How::Earlier(4.0), How::Within, How::Within, How::Later(38.0), How::NotSimulated, How::NotObserved]
    );
    let said: Vec<Said> = found.iter().map(Difference::said).collect();
    assert_eq!(
        said[0].en,
        "node/workers-1 NotReady after 36\u{a0}s, 4\u{a0}s earlier than expected (40\u{a0}s to 55\u{a0}s)"
    );
    assert_eq!(
        said[3].fr,
        "quote-app Ready après 6\u{a0}min 40\u{a0}s, 38\u{a0}s plus tard qu’attendu (5\u{a0}min 42\u{a0}s à 6\u{a0}min 2\u{a0}s)"
    );
    assert_eq!(said[5].en, "quote-db Terminating, expected (from 5\u{a0}min 40\u{a0}s on), was not observed");
    assert!(found[5].place.is_none() && found[0].place.is_some());
}

#[test]
fn pods_of_a_component_are_paired_in_order() {
    let text = "+341 s pod/quote-app-7d9c6b7f5-aaa11 created\n+354 s pod/quote-app-7d9c6b7f5-bbb22 created\n";
    let expected: Vec<Simulated> = vec![
        ("pod/quote-app-5".into(), What::PodCreated, 350.0, 360.0),
        ("pod/quote-app-4".into(), What::PodCreated, 340.0, 345.0),
    ];
    let found = differences(&reading(text).observed, &expected);
    assert!(found.iter().all(|difference| difference.how == How::Within), "{found:?}");
}

#[test]
fn what_is_not_told_exactly_is_given_the_benefit_of_its_precision() {
    let text = "NAME STATUS ROLES AGE VERSION\nip-1 Ready <none> 12m v1.33.2\nip-2 Ready <none> 13m v1.33.2\nip-1 NotReady <none> 13m v1.33.2\n";
    let (read, _) = read_as(text, &design(), Some("+0 s"));
    let found = differences(&read.observed, &simulated()[..1]);
    assert_eq!(found.iter().map(|it| it.how).collect::<Vec<_>>(), [How::Within], "a minute off, either way");
}

#[test]
fn what_came_before_the_failure_is_no_difference() {
    let read = reading(json::LOST_WORKER);
    let found = differences(&read.observed, &[]);
    assert!(found.iter().all(|difference| difference.how == How::NotSimulated));
    assert_eq!(found.len(), 7);
    assert_eq!(differences(&[], &[]), []);
}
