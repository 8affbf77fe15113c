//! Threads of the runtime.

use std::io;
use std::thread::{Builder, JoinHandle};

/// Starts a thread that no signal of the system interrupts: those are for the main thread and for whoever watches them.
pub fn start(name: &str, stack_bytes: usize, work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name.to_owned()).stack_size(stack_bytes).spawn(move || {
        block_signals();
        work();
    })
}

#[cfg(unix)]
fn block_signals() {
    let mut all = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: `sigfillset` fills the set before `pthread_sigmask` reads it; both only touch this thread.
    unsafe {
        libc::sigfillset(all.as_mut_ptr());
        libc::pthread_sigmask(libc::SIG_BLOCK, all.as_ptr(), std::ptr::null_mut());
    }
}

#[cfg(not(unix))]
fn block_signals() {}
