//! Replacing the whole folder at once: a copy of it is made beside it, in which everything that
//! stays is the same file by another name, and then the two folders change places in one step.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Change, Failed, put};

/// More files than this are not linked: the folder is somebody's archive and not a site.
const MOST: usize = 100_000;

/// `None` where folders cannot change places here; nothing was done then.
pub fn replace(change: &Change<'_>) -> Option<Result<(), Failed>> {
    let name = change.out.file_name()?.to_string_lossy().into_owned();
    let parent = change.out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = parent.join(format!(".{name}.epure-{}", std::process::id()));
    fs::create_dir_all(parent).ok()?;
    fs::create_dir(&beside).ok()?;
    let done = exchanged(change, &beside);
    let _ = fs::remove_dir_all(&beside);
    done
}

fn exchanged(change: &Change<'_>, beside: &Path) -> Option<Result<(), Failed>> {
    let there = change.out.is_dir();
    if there {
        let mut room = MOST;
        linked(change.out, beside, "", change, &mut room).ok()?;
    }
    for (path, bytes) in change.writes() {
        if let Err((file, error)) = put(&beside.join(path), bytes) {
            // Its name is that of the file that was to be.
            let file = file.strip_prefix(beside).map_or_else(|_| file.clone(), |path| change.out.join(path));
            return Some(Err((file, error)));
        }
    }
    if !there {
        return fs::rename(beside, change.out).ok().map(Ok);
    }
    trade(beside, change.out).ok()?;
    // What somebody put there in the meantime goes with the folder that is now in its place.
    rescue(beside, change.out, "", change);
    Some(Ok(()))
}

/// Gives everything that stays a second name in the new folder; says whether there was anything.
fn linked(from: &Path, to: &Path, prefix: &str, change: &Change<'_>, room: &mut usize) -> io::Result<bool> {
    let mut any = false;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { return Err(io::ErrorKind::InvalidInput.into()) };
        *room = room.checked_sub(1).ok_or(io::ErrorKind::QuotaExceeded)?;
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if goes(&path, change) {
            continue;
        }
        let (old, new, kind) = (entry.path(), to.join(&name), entry.file_type()?);
        if kind.is_dir() {
            // A repository in the folder is not moved about under whoever works in it.
            if name == ".git" {
                return Err(io::ErrorKind::Unsupported.into());
            }
            fs::create_dir(&new)?;
            let inner = linked(&old, &new, &path, change, room)?;
            // A folder that was empty was meant to be; one that becomes empty goes.
            if inner || fs::read_dir(&old)?.next().is_none() {
                any = true;
            } else {
                fs::remove_dir(&new)?;
            }
        } else if kind.is_file() {
            if name == ".git" {
                return Err(io::ErrorKind::Unsupported.into());
            }
            fs::hard_link(&old, &new)?;
            any = true;
        } else {
            symlink(&old, &new)?;
            any = true;
        }
    }
    Ok(any)
}

/// Whether a file is written anew, or goes.
fn goes(path: &str, change: &Change<'_>) -> bool {
    change.changed.contains_key(path)
        || change.stale.contains(path)
        || change.accounts.iter().any(|(account, _)| *account == path)
        || path == ".epure/part"
}

/// Moves what is only in the old folder, and was not to go, into the new one.
fn rescue(old: &Path, new: &Path, prefix: &str, change: &Change<'_>) {
    for entry in fs::read_dir(old).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let target = new.join(&name);
        if goes(&path, change) {
            continue;
        }
        match target.symlink_metadata() {
            Ok(meta) if meta.is_dir() => rescue(&entry.path(), &target, &path, change),
            Ok(_) => {}
            // A folder that emptied is not brought back, a new file is.
            Err(_) if entry.file_type().is_ok_and(|kind| kind.is_dir()) && only_ours(&entry.path(), &path, change) => {}
            Err(_) => {
                let _ = fs::rename(entry.path(), target);
            }
        }
    }
}

/// Whether everything under a folder was to go.
fn only_ours(folder: &Path, prefix: &str, change: &Change<'_>) -> bool {
    fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).all(|entry| {
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_dir { only_ours(&entry.path(), &path, change) } else { goes(&path, change) }
    })
}

/// Removes what killed builds left beside the folder.
pub fn sweep(out: &Path) {
    let Some(name) = out.file_name().map(|name| name.to_string_lossy().into_owned()) else { return };
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let start = format!(".{name}.epure-");
    let left = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.strip_prefix(&start).and_then(|pid| pid.parse::<u32>().ok()).is_some_and(|pid| !runs(pid))
    };
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    let found: Vec<PathBuf> = entries.filter(left).map(|entry| entry.path()).collect();
    for folder in found {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Whether a process runs, where that can be told; what may still run is left alone.
fn runs(pid: u32) -> bool {
    !Path::new("/proc/self").exists() || Path::new(&format!("/proc/{pid}")).exists()
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn trade(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn trade(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn symlink(old: &Path, new: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(old)?, new)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
