//! From the thread that unpacks to those that read. In: members one after another, each a begin, bytes
//! and an end. Out: the same, as readers. Separate because archives lend out their members only while
//! they are being walked, and one bounded pipe makes streams of them all.

use super::table::Table;
use crate::error::Error;
use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of a buffer.
pub const BUFFER: usize = 256 << 10;
/// Buffers that may be under way.
const AHEAD: usize = 4;

/// What is known of a member before its bytes.
#[derive(Debug)]
pub struct Heading {
    /// What it is called, the archives around it included.
    pub name: String,
    /// Bytes, when known.
    pub size: Option<u64>,
    /// What is packed around it, from the outside in.
    pub layers: Vec<&'static str>,
    /// Its columns, if its bytes are rows of a table; else they are a file of some format.
    pub table: Option<Table>,
}

enum Part {
    Begin(u64, Box<Heading>),
    Bytes(Vec<u8>),
    End(Option<io::Error>),
    Fault(String, Box<Error>),
    Passed(String),
    Finished,
}

/// Why work on a member ends before its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// Nobody reads this member any more.
    Member,
    /// Nobody reads any more.
    All,
}

/// What the reading side tells the other.
#[derive(Default)]
struct Shared {
    /// Members up to this one are not read any more.
    given_up: AtomicU64,
    closed: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    closed: bool,
    /// Columns that are wanted of a member.
    wanted: Option<(u64, Vec<usize>)>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The end that is written to.
pub struct Inlet {
    parts: SyncSender<Part>,
    spare: Receiver<Vec<u8>>,
    shared: Arc<Shared>,
    number: u64,
    buffer: Vec<u8>,
}

/// The end that is read from.
pub struct Outlet {
    parts: Receiver<Part>,
    spare: Sender<Vec<u8>>,
    shared: Arc<Shared>,
    number: u64,
    ended: bool,
}

/// A pipe.
#[must_use]
pub fn pipe() -> (Inlet, Outlet) {
    let (parts, received) = sync_channel(AHEAD);
    let (returned, spare) = channel();
    let shared = Arc::new(Shared::default());
    let inlet = Inlet { parts, spare, shared: Arc::clone(&shared), number: 0, buffer: Vec::new() };
    (inlet, Outlet { parts: received, spare: returned, shared, number: 0, ended: true })
}

impl Inlet {
    fn send(&self, part: Part) -> Result<(), Stop> {
        self.parts.send(part).map_err(|_| Stop::All)
    }

    /// Begins a member.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub fn begin(&mut self, heading: Heading) -> Result<(), Stop> {
        self.number += 1;
        self.buffer.clear();
        self.send(Part::Begin(self.number, Box::new(heading)))
    }

    /// Memory for what is to be written next; call [`Inlet::written`] when something was appended.
    pub const fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Hands on the buffer when it is full.
    ///
    /// # Errors
    /// When nobody reads this member, or anything, any more.
    pub fn written(&mut self) -> Result<(), Stop> {
        if self.buffer.len() < BUFFER { Ok(()) } else { self.flush() }
    }

    /// Hands on what is in the buffer.
    ///
    /// # Errors
    /// As [`Inlet::written`].
    pub fn flush(&mut self) -> Result<(), Stop> {
        if self.shared.given_up.load(Ordering::Relaxed) >= self.number {
            return Err(Stop::Member);
        }
        if self.buffer.is_empty() {
            return Ok(());
        }
        let mut next = self.spare.try_recv().unwrap_or_else(|_| Vec::with_capacity(BUFFER + BUFFER / 4));
        next.clear();
        let full = std::mem::replace(&mut self.buffer, next);
        self.send(Part::Bytes(full))
    }

    /// Ends a member, well or with an error.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub fn end(&mut self, error: Option<io::Error>) -> Result<(), Stop> {
        match self.flush() {
            Err(Stop::All) => return Err(Stop::All),
            Err(Stop::Member) | Ok(()) => {}
        }
        self.send(Part::End(error))
    }

    /// Tells of a member that cannot be read at all.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub fn fault(&self, name: &str, error: Error) -> Result<(), Stop> {
        self.send(Part::Fault(name.to_owned(), Box::new(error)))
    }

    /// Tells of a member that holds no data.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub fn pass(&self, name: &str) -> Result<(), Stop> {
        self.send(Part::Passed(name.to_owned()))
    }

    /// Tells that all members have been sent.
    pub fn finish(self) {
        // Nobody has to be there to hear it.
        let _ = self.send(Part::Finished);
    }

    #[cfg(feature = "columnar")]
    /// Waits until it is known which columns of the member are wanted.
    ///
    /// # Errors
    /// When nobody reads this member, or anything, any more.
    pub fn wanted(&self) -> Result<Vec<usize>, Stop> {
        let mut state = lock(&self.shared.closed);
        loop {
            if state.closed {
                return Err(Stop::All);
            }
            if self.shared.given_up.load(Ordering::Relaxed) >= self.number {
                return Err(Stop::Member);
            }
            if let Some((_, wanted)) = state.wanted.take_if(|(number, _)| *number == self.number) {
                return Ok(wanted);
            }
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Outlet {
    fn drop(&mut self) {
        lock(&self.shared.closed).closed = true;
        self.shared.changed.notify_all();
    }
}

/// What comes next out of a pipe.
pub enum Next {
    /// A member.
    Member(Box<Heading>, Contents),
    /// A member that cannot be read, and why.
    Fault(String, Box<Error>),
    /// A member without data.
    Passed(String),
    /// There are no more.
    End,
    /// The thread that unpacks has failed.
    Broken,
}

/// What comes next. What was left of the member before is passed over.
#[must_use]
pub fn next(outlet: &Arc<Mutex<Outlet>>) -> Next {
    let mut guard = lock(outlet);
    if !guard.ended {
        let state = lock(&guard.shared.closed);
        guard.shared.given_up.store(guard.number, Ordering::Relaxed);
        guard.shared.changed.notify_all();
        drop(state);
    }
    loop {
        match guard.parts.recv() {
            Ok(Part::Bytes(buffer)) => guard.give_back(buffer),
            Ok(Part::End(_)) => guard.ended = true,
            Ok(Part::Begin(number, heading)) => {
                (guard.number, guard.ended) = (number, false);
                drop(guard);
                return Next::Member(heading, Contents { outlet: Arc::clone(outlet), number, buffer: Vec::new(), at: 0 });
            }
            Ok(Part::Fault(name, error)) => return Next::Fault(name, error),
            Ok(Part::Passed(name)) => return Next::Passed(name),
            Ok(Part::Finished) => return Next::End,
            Err(_) => return Next::Broken,
        }
    }
}

impl Outlet {
    fn give_back(&self, buffer: Vec<u8>) {
        if buffer.capacity() > 0 {
            // The other side may be done.
            let _ = self.spare.send(buffer);
        }
    }
}

/// The bytes of one member.
pub struct Contents {
    outlet: Arc<Mutex<Outlet>>,
    number: u64,
    buffer: Vec<u8>,
    at: usize,
}

impl Contents {
    /// Tells which columns are wanted from now on.
    #[must_use]
    pub fn demand(&self) -> Demand {
        Demand { shared: Arc::clone(&lock(&self.outlet).shared), number: self.number }
    }
}

/// Says which columns of a table are wanted.
pub struct Demand {
    shared: Arc<Shared>,
    number: u64,
}

impl Demand {
    /// Only these columns are read, as soon as the sample has been.
    pub fn columns(&self, wanted: Vec<usize>) {
        lock(&self.shared.closed).wanted = Some((self.number, wanted));
        self.shared.changed.notify_all();
    }
}

impl Read for Contents {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.buffer.len() {
            let mut outlet = lock(&self.outlet);
            if outlet.ended || outlet.number != self.number {
                return Ok(0);
            }
            match outlet.parts.recv() {
                Ok(Part::Bytes(next)) => {
                    let done = std::mem::replace(&mut self.buffer, next);
                    outlet.give_back(done);
                    self.at = 0;
                }
                Ok(Part::End(error)) => {
                    outlet.ended = true;
                    return error.map_or(Ok(0), Err);
                }
                Ok(_) | Err(_) => {
                    outlet.ended = true;
                    return Err(io::Error::other("its reader gave up"));
                }
            }
        }
        let rest = self.buffer.get(self.at..).unwrap_or(&[]);
        let count = rest.len().min(out.len());
        out[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(name: &str) -> Heading {
        Heading { name: name.to_owned(), size: None, layers: Vec::new(), table: None }
    }

    #[test]
    fn members_come_out_as_they_went_in_and_what_is_not_read_is_passed_over() {
        let (mut inlet, outlet) = pipe();
        let writer = std::thread::spawn(move || {
            for number in 0..4u8 {
                inlet.begin(heading(&number.to_string())).unwrap();
                let mut stopped = None;
                for _ in 0..100 {
                    inlet.buffer().extend(std::iter::repeat_n(number, BUFFER));
                    stopped = inlet.written().err();
                    if stopped.is_some() {
                        break;
                    }
                }
                assert_eq!(stopped, (number == 1).then_some(Stop::Member), "{number}");
                let error = (number == 2).then(|| io::Error::other("damaged"));
                inlet.end(error).unwrap();
            }
            inlet.fault("bad", Error::input("bad")).unwrap();
            inlet.pass("photo.jpg").unwrap();
            inlet.finish();
        });
        let outlet = Arc::new(Mutex::new(outlet));
        for number in 0..4u8 {
            let Next::Member(heading, mut contents) = next(&outlet) else { panic!("{number}") };
            assert_eq!(heading.name, number.to_string());
            let mut bytes = vec![0; 10];
            contents.read_exact(&mut bytes).unwrap();
            if number != 1 {
                let read = contents.read_to_end(&mut bytes);
                assert_eq!(read.is_err(), number == 2);
                assert!(bytes.len() == 100 * BUFFER && bytes.iter().all(|&b| b == number));
            }
        }
        assert!(matches!(next(&outlet), Next::Fault(name, _) if name == "bad"));
        assert!(matches!(next(&outlet), Next::Passed(name) if name == "photo.jpg"));
        assert!(matches!(next(&outlet), Next::End));
        writer.join().unwrap();
        assert!(matches!(next(&outlet), Next::Broken));
    }

    #[test]
    fn who_reads_no_more_ends_the_work() {
        let (mut inlet, outlet) = pipe();
        inlet.begin(heading("a")).unwrap();
        drop(outlet);
        #[cfg(feature = "columnar")]
        assert_eq!(inlet.wanted(), Err(Stop::All));
        inlet.buffer().push(1);
        assert_eq!(inlet.end(None), Err(Stop::All));
    }
}
