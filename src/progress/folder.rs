//! Where progress is kept.

use super::store::StoreError;
use etcetera::BaseStrategy;
use std::ffi::OsString;
use std::fs::DirBuilder;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The name of the variable that says where progress is kept.
pub const VARIABLE: &str = "FLASKDOJO_DATA";

/// The folder that progress is kept in: what was asked for, else what [`VARIABLE`] says, else `flaskdojo` in the system's
/// folder for such data. `None` when none of these is known, as for a user without a home.
pub fn choose(asked: Option<PathBuf>, variable: Option<OsString>) -> Option<PathBuf> {
    let variable = variable.filter(|value| !value.is_empty()).map(PathBuf::from);
    asked.or(variable).or_else(|| Some(etcetera::choose_base_strategy().ok()?.data_dir().join("flaskdojo")))
}

/// Makes the folder where it is missing, for this user only.
pub(super) fn make(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| refused(folder, &error))
}

/// What an error of the file system means for progress kept at `path`.
pub(super) fn refused(path: &Path, error: &io::Error) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::Full { path },
        ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::NotADirectory
        | ErrorKind::AlreadyExists => StoreError::ReadOnly { path },
        _ => StoreError::Other { path, why: error.to_string() },
    }
}

/// Whether a folder lies on a file system that other machines use too, where SQLite's shared memory cannot work.
#[cfg(target_os = "linux")]
pub(super) fn on_network(folder: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    // From linux/magic.h and the file systems' own sources. FUSE is here because sshfs looks like any other FUSE.
    const SHARED: [i64; 9] = [
        0x6969,      // NFS
        0xFF53_4D42, // CIFS
        0xFE53_4D42, // SMB 2
        0x517B,      // SMB
        0x6573_5546, // FUSE
        0x0102_1997, // 9P
        0x00C3_6400, // Ceph
        0x5346_414F, // AFS
        0x7461_636F, // OCFS 2
    ];
    let Ok(path) = std::ffi::CString::new(folder.as_os_str().as_bytes()) else { return false };
    let mut about = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: `path` ends with a zero byte and `about` has room for what is written.
    let failed = unsafe { libc::statfs(path.as_ptr(), about.as_mut_ptr()) } != 0;
    if failed {
        return false;
    }
    // SAFETY: the call succeeded, so it has filled `about`.
    let kind = unsafe { about.assume_init() }.f_type;
    #[allow(clippy::unnecessary_cast, reason = "the number's type differs from platform to platform")]
    SHARED.contains(&(kind as i64))
}

/// Whether a folder lies on a file system that other machines use too, where SQLite's shared memory cannot work.
#[cfg(not(target_os = "linux"))]
pub(super) fn on_network(_folder: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_comes_first_then_the_variable() {
        let asked = Some(PathBuf::from("/asked"));
        assert_eq!(choose(asked.clone(), Some("/said".into())), asked);
        assert_eq!(choose(None, Some("/said".into())), Some("/said".into()));
        let own = choose(None, Some("".into())).unwrap();
        assert!(own.ends_with("flaskdojo"), "{}", own.display());
    }

    #[test]
    fn a_full_disk_and_a_forbidden_place_are_told_apart() {
        let place = Path::new("/data");
        assert!(matches!(refused(place, &ErrorKind::StorageFull.into()), StoreError::Full { .. }));
        assert!(matches!(refused(place, &ErrorKind::ReadOnlyFilesystem.into()), StoreError::ReadOnly { .. }));
        assert!(matches!(refused(place, &ErrorKind::TimedOut.into()), StoreError::Other { .. }));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_local_folder_is_not_on_a_network() {
        // /proc is a file system of the kernel's own, on every Linux.
        assert!(!on_network(Path::new("/proc")));
        assert!(!on_network(Path::new("/no/such/folder")));
    }
}
