//! What is remembered on the device. Storage may be full or forbidden; then nothing is remembered and nothing breaks.

use leptos::prelude::window;

const DISMISSED: &str = "portal.dismissed-notices";
const SPEED: &str = "portal.reading-speed";
/// Kept for as long as the tab.
const VISIT: &str = "portal.visit";
const TOTAL: &str = "portal.total-visits:";

/// Is this the first page of a visit? Only the first answer is yes.
pub fn is_new_visit() -> bool {
    let Ok(Some(storage)) = window().session_storage() else {
        // Where nothing can be remembered, each document is a visit.
        return true;
    };
    let is_new = storage.get_item(VISIT).ok().flatten().is_none();
    // Full storage: the next document counts again, which is the lesser evil.
    _ = storage.set_item(VISIT, "1");
    is_new
}

/// The total of visits that this tab has come to know of this source.
pub fn total(source: &str) -> u64 {
    let storage = window().session_storage().ok().flatten();
    let total = storage.and_then(|storage| storage.get_item(&format!("{TOTAL}{source}")).ok()?);
    total.and_then(|total| total.parse().ok()).unwrap_or_default()
}

/// Remembers it.
pub fn keep_total(source: &str, shown: u64) {
    if let Ok(Some(storage)) = window().session_storage() {
        // Full storage: the next document knows of none before it, which is the lesser evil.
        _ = storage.set_item(&format!("{TOTAL}{source}"), &shown.to_string());
    }
}

/// Has the reader dismissed this notice?
pub fn is_dismissed(notice: &str) -> bool {
    read(DISMISSED).split(' ').any(|id| id == notice)
}

/// Remembers that the reader has dismissed a notice.
pub fn dismiss(notice: &str) {
    if !is_dismissed(notice) {
        write(DISMISSED, &format!("{} {notice}", read(DISMISSED)));
    }
}

/// How fast the reader has texts read aloud, in percent; empty if never chosen.
pub fn speed() -> String {
    read(SPEED)
}

/// Remembers how fast the reader has texts read aloud.
pub fn set_speed(percent: &str) {
    write(SPEED, percent);
}

fn read(key: &str) -> String {
    window().local_storage().ok().flatten().and_then(|storage| storage.get_item(key).ok().flatten()).unwrap_or_default()
}

fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Full or forbidden storage: the notice comes back next time, which is the lesser evil.
        _ = storage.set_item(key, value.trim());
    }
}
