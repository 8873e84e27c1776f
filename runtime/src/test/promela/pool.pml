/*
 * How the queued work of one pool and its threads find each other, and who is let into a saturated pool: Workers, ParkedWorkers, Queues,
 * Pool.submit, Pool.letAllGo, StallDetector. The way of one virtual thread is in move.pml.
 *
 * Properties
 *   - Each ticket's stay ends, and ends once: carried, released at home, taken back by its submitter, or refused (Quiet; ended).
 *   - Work and threads do not miss each other: with -DDETECTOR=0 nobody helps, and still nothing is left in the queue. With -DDEPENDENT
 *     the first call ends only after the second one, so a thread that stays parked while work waits is an error.
 *   - There are never more than MAX threads (startBelow), and nobody is left searching (Quiet).
 *   - Each place that a ticket occupies is given back once (lowerPlace; occupied is 0 in Quiet).
 *
 * Names
 *   Submitter    a carrier in Pool.submit, or in Pool.resume for the first RESUMED tickets; me is the number of the process
 *   Worker       PoolThread.run, Workers.next and Ticket.carry; slot is its ParkedWorker
 *   Home         the home scheduler, which runs released tickets
 *   Detector     StallDetector.look and Pool.stalled; Clock ends Workers.pausing
 *   queued, sent, atHome, ended, place   of a ticket: in a queue, sent home, run there, how its stay has ended, it occupies a place
 *   searching, threads, pausing, attended, occupied   the fields of the same names; occupied counts places
 *   found, gone, has   what letSomebodySearch, leaveAbove and poll return
 *
 * Left out, and why that is sound
 *   - The order of the queues and of the stack: any ticket may be polled, any parked worker woken. The code's orders are among these.
 *   - Pools share nothing but the detector, which looks at one pool after the other, so one pool is enough here.
 *   - AdaptiveSpin: to look more often changes no state. The searcher looks twice, as little as it ever does.
 *   - A call is one step on its pool thread. Parks bring tickets of their own (RESUMED).
 *   - The keep-alive time runs out TIMEOUTS times, because a model in which it always may would not see a lost wake-up.
 *   - Time does not exist: pausing ends and the detector looks at any time, but the detector only while attended is set.
 *   - resize, killAll and retire are not modelled.
 *
 * Mutations, each of which check sees fail
 *   NO_LOOK_AFTER_SEARCH   endSearch does not look at the queue again
 *   NO_LOOK_AFTER_ENTER    a worker does not look at the queue again after it has entered the stack
 *   NO_COME_BACK           a thread that ends does not look at the queue again
 *   NOBODY_LET_GO          a failed start lets no queued work go
 *   PLACE_KEPT             a stay that ends without a pool thread keeps its place
 */

#ifndef TASKS
#define TASKS 2        /* tickets, each submitted by a thread of its own */
#endif
#ifndef RESUMED
#define RESUMED 0      /* so many of them, the first ones, go on with a call: Pool.resume */
#endif
#ifndef SIZE
#define SIZE 1
#endif
#ifndef MAX
#define MAX 2          /* at most 2 */
#endif
#define WAIT    0
#define INPLACE 1
#define REJECT  2
#ifndef POLICY
#define POLICY WAIT
#endif
#ifndef FAILS
#define FAILS 0        /* starts that the system refuses */
#endif
#ifndef TIMEOUTS
#define TIMEOUTS 1     /* keep-alive times that run out */
#endif
#ifndef THROWS
#define THROWS 0       /* home.execute(ticket) that throws */
#endif
#ifndef DETECTOR
#define DETECTOR 1     /* 0: nobody helps */
#endif

/* ---- tickets ---- */
bool queued[TASKS];
bool sent[TASKS];
bool atHome[TASKS];
byte ended[TASKS];     /* how the stay has ended */
#define CARRIED  1
#define RELEASED 2
#define BACK     3
#define REFUSED  4
bool place[TASKS];     /* the ticket occupies a place */
bool over[TASKS];      /* the call has ended */
byte occupied;

/* ---- Workers ---- */
bool searching;
byte threads;
bool pausing;          /* a start has failed, less than PAUSE_NANOS ago */
bool attended;         /* StallDetector.attended */

/* ---- pool threads, and their stays in the stack of parked workers ---- */
bool alive[2];
bool born[2];          /* started with the search */
#define OUT    0
#define IN     1       /* in the stack */
#define POPPED 2       /* out of the stack, and given nothing yet */
#define SEARCH 3
#define LOOK   4
byte slot[2];
byte popper[2];
bool missed[8];        /* the worker has left the slot that this process has popped */

byte fails, timeouts, throws;

#if TASKS == 1
#define anyQueued (queued[0])
#elif TASKS == 2
#define anyQueued (queued[0] || queued[1])
#else
#define anyQueued (queued[0] || queued[1] || queued[2])
#endif
#define anyParked (slot[0] == IN || slot[1] == IN)

#define lowerPlace(t) if :: place[t] -> place[t] = false; assert(occupied > 0); occupied-- :: else fi

/* The stay of t ends without a pool thread. */
inline endStay(t, how) {
  ended[t] = how; over[t] = true;
#ifndef PLACE_KEPT
  lowerPlace(t)
#endif
}

/* Pool.letAllGo, Pool.letGo */
inline letGo() {
  t = 0;
  do
  :: t < TASKS ->
     if
     :: atomic { queued[t] && !sent[t] ->
          if
          :: throws < THROWS -> throws++; t++
          :: sent[t] = true; atHome[t] = true
          fi
        };
        if
        :: atomic { t < TASKS && sent[t] -> queued[t] = false; t++ }
        :: atomic { !(t < TASKS && sent[t]) -> skip }
        fi
     :: atomic { !(queued[t] && !sent[t]) -> t++ }
     fi
  :: else -> break
  od;
  t = 0
}

/* ParkedWorkers.wake */
inline wake(what) {
  found = false;
  do
  :: atomic { !anyParked -> break }
  :: atomic { slot[0] == IN -> slot[0] = POPPED; popper[0] = me; i = 0 };
     atomic { if :: missed[me] -> missed[me] = false :: else -> slot[i] = what; found = true; popper[i] = 0; break fi }
  :: atomic { slot[1] == IN -> slot[1] = POPPED; popper[1] = me; i = 1 };
     atomic { if :: missed[me] -> missed[me] = false; i = 0 :: else -> slot[i] = what; found = true; popper[i] = 0; i = 0; break fi }
  od
}

/* Workers.startBelow; the number of threads is raised by compare-and-set, so test and raise are one step */
inline startBelow(limit, searches_) {
  if
  :: atomic { threads >= limit || pausing -> found = false }
  :: atomic { threads < limit && !pausing -> threads++; assert(threads <= MAX) };
     if
     :: atomic { fails < FAILS -> fails++ };
        pausing = true;
        atomic { threads--; empty_ = (threads == 0); found = false };
#ifndef NOBODY_LET_GO
        if
        :: atomic { empty_ -> empty_ = false }; letGo()
        :: atomic { !empty_ -> skip }
        fi
#else
        empty_ = false
#endif
     :: atomic { !alive[0] -> alive[0] = true; born[0] = searches_; found = true }
     :: atomic { alive[0] && !alive[1] -> alive[1] = true; born[1] = searches_; found = true }
     fi
  fi
}

/* Workers.letSomebodyLook */
inline letSomebodyLook() {
  do
  :: atomic { searching -> break }
  :: atomic { !searching -> skip };
     if
     :: atomic { !anyParked -> skip };
        if
        :: atomic { threads >= SIZE || pausing -> attended = true; break }
        :: atomic { !(threads >= SIZE || pausing) -> skip }
        fi
     :: atomic { anyParked -> skip }
     fi;
     if
     :: atomic { !searching -> searching = true };
        wake(SEARCH);
        if
        :: atomic { found -> skip }
        :: atomic { !found -> skip }; startBelow(SIZE, true)
        fi;
        if
        :: atomic { found -> found = false; break }
        :: atomic { !found -> searching = false }
        fi
     :: atomic { searching -> skip }
     fi
  od
}

#define POLL(x) :: atomic { queued[x] -> queued[x] = false; work = x; has = true }

/* Queues.poll, in any order */
inline poll() {
  if
  POLL(0)
#if TASKS > 1
  POLL(1)
#endif
#if TASKS > 2
  POLL(2)
#endif
  :: atomic { !anyQueued -> has = false }
  fi
}

inline endSearch() {
  if
  :: atomic { searches -> searches = false; searching = false };
#ifndef NO_LOOK_AFTER_SEARCH
     if
     :: atomic { anyQueued -> skip }; letSomebodyLook()
     :: atomic { !anyQueued -> skip }
     fi
#endif
  :: atomic { !searches -> skip }
  fi
}

/* Workers.leaveAbove: gone tells whether the thread may end */
inline leaveAbove(fewest) {
  if
  :: atomic { threads <= fewest -> gone = false }
  :: atomic { threads > fewest -> threads--; gone = true };
#ifndef NO_COME_BACK
     if
     :: atomic { !anyQueued -> skip }
     :: atomic { anyQueued -> skip };
        if
        :: atomic { threads < MAX -> threads++; gone = false }
        :: atomic { threads >= MAX -> skip }
        fi
     fi
#endif
  fi
}

proctype Worker(byte w) {
  byte work, t, i;
  byte me = 4 + w;
  bool has, searches, found, gone, empty_;

end_unborn:
  atomic { alive[w] -> searches = born[w]; born[w] = false };
next:
  poll();
  if
  :: atomic { !has -> skip };
     if
     :: atomic { searches || !searching -> searches = true; searching = true }; poll()
     :: atomic { !searches && searching -> skip }
     fi
  :: atomic { has -> skip }
  fi;
  endSearch();
  if
  :: atomic { has -> skip }; goto carry
  :: atomic { !has -> skip }
  fi;
  leaveAbove(SIZE);
  if
  :: atomic { gone -> skip }; goto ended_
  :: atomic { !gone -> skip }
  fi;
  slot[w] = IN;
#ifndef NO_LOOK_AFTER_ENTER
  if
  :: atomic { anyQueued || threads > SIZE -> skip };
     atomic {
       if
       :: slot[w] == IN -> slot[w] = OUT; goto next
       :: slot[w] == POPPED -> missed[popper[w]] = true; popper[w] = 0; slot[w] = OUT; goto next
       :: else
       fi
     }
  :: atomic { !(anyQueued || threads > SIZE) -> skip }
  fi;
#endif
end_parked:
  if
  :: atomic { slot[w] == SEARCH -> slot[w] = OUT; searches = true; goto next }
  :: atomic { slot[w] == LOOK -> slot[w] = OUT; goto next }
  :: atomic { slot[w] == IN && timeouts < TIMEOUTS -> timeouts++; slot[w] = OUT }
  :: atomic { slot[w] == POPPED && timeouts < TIMEOUTS -> timeouts++; missed[popper[w]] = true; popper[w] = 0; slot[w] = OUT }
  fi;
  leaveAbove(0);
  if
  :: atomic { !gone -> goto next }
  :: atomic { gone -> skip }
  fi;
ended_:
  endSearch();
  atomic { alive[w] = false; gone = false; goto end_unborn };

carry:
  atomic { has = false;
    if
    :: ended[work] == 0 -> ended[work] = CARRIED
    :: else -> work = 0; goto next
    fi
  };
#ifdef DEPENDENT
  if
  :: atomic { work != 0 || over[1] -> skip }   /* the first call waits for what the second one does */
  fi;
#endif
  atomic { over[work] = true; lowerPlace(work); work = 0; goto next }
}

proctype Submitter(byte s) {
  byte t, i;
  byte me = 1 + s;
  bool found, empty_, stranded;

#if POLICY != WAIT
  if
  :: atomic { s < RESUMED -> skip }
  :: atomic { s >= RESUMED && occupied < MAX -> occupied++; place[s] = true }
  :: atomic { s >= RESUMED && occupied >= MAX -> ended[s] = REFUSED; over[s] = true; goto through }
  fi;
#endif
  queued[s] = true;
  letSomebodyLook();
  /* Workers.isStranded */
  if
  :: atomic { threads == 0 -> skip };
     if
     :: atomic { !searching -> skip };
        if
        :: atomic { pausing -> stranded = true }
        :: atomic { !pausing -> skip }
        fi
     :: atomic { searching -> skip }
     fi
  :: atomic { threads != 0 -> skip }
  fi;
  if
  :: atomic { stranded -> queued[s] = false };
     letGo();
     atomic {
       if
       :: ended[s] == 0 -> endStay(s, BACK)
       :: else
       fi
     }
  :: atomic { !stranded -> skip }
  fi;
through:
  skip
}

#define RELEASE(x) :: atomic { atHome[x] -> atHome[x] = false; if :: ended[x] == 0 -> endStay(x, RELEASED) :: else fi }

proctype Home() {
end_home:
  do
  RELEASE(0)
#if TASKS > 1
  RELEASE(1)
#endif
#if TASKS > 2
  RELEASE(2)
#endif
  od
}

proctype Clock() {
end_clock:
  do
  :: atomic { pausing -> pausing = false }
  od
}

proctype Detector() {
  byte t, i;
  byte me = 6;
  bool found, empty_;

end_doze:
  atomic { attended -> skip };
  if
  :: atomic { !anyQueued -> attended = false };
     if
     :: atomic { anyQueued -> attended = true }
     :: atomic { !anyQueued -> skip }
     fi
  :: atomic { anyQueued -> skip };
     /* Pool.stalled */
     startBelow(SIZE, false);
     if
     :: atomic { found -> found = false }
     :: atomic { !found -> skip };
        startBelow(MAX, false);
        if
        :: atomic { found -> found = false }
        :: atomic { !found && POLICY != WAIT && threads >= MAX -> skip }; letGo()
        :: atomic { !found && !(POLICY != WAIT && threads >= MAX) -> skip }
        fi
     fi
  fi;
  goto end_doze
}

#define isThrough(t) (ended[t] != 0 && over[t] && !place[t] && !queued[t])

proctype Quiet() {
  timeout;
  assert(isThrough(0));
#if TASKS > 1
  assert(isThrough(1));
#endif
#if TASKS > 2
  assert(isThrough(2));
#endif
  assert(occupied == 0);
  assert(!searching)
}

init {
  atomic {
    run Worker(0);
    run Worker(1);
    run Submitter(0);
#if TASKS > 1
    run Submitter(1);
#endif
#if TASKS > 2
    run Submitter(2);
#endif
    run Home();
#if FAILS > 0
    run Clock();
#endif
#if DETECTOR
    run Detector();
#endif
    run Quiet()
  }
}
