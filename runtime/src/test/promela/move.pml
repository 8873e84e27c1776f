/*
 * The way of virtual threads to pool threads and home again: ThreadMove and its tickets. How queued tickets and the threads of a pool
 * find each other is in pool.pml.
 *
 * Properties
 *   - No virtual thread is lost: when nothing can happen any more, each has made its calls and ended (Quiet).
 *   - Each call is counted once (counted).
 *   - The continuation is mounted under the charge only, by a home carrier or by a thread of the pool that the call under way is
 *     for (the assertions at mount). The one exception is a continuation that was submitted before the ThreadMove took its place.
 *   - No stay is ended twice (claimed), and neither a charge nor a ticket is left over (Quiet).
 *   - No call begins while the thread's last one seems to be under way (begin).
 *   - There is no infinite execution at all: check searches for cycles without progress, and no step is marked as progress.
 *
 * Names
 *   Platform(1..3)     a home carrier; Platform(4..7) a pool thread. Its labels are methods: move_run is ThreadMove.run, offer is
 *                      ThreadDispatch.offer, carry is Ticket.carry, ticket_run is Ticket.run, mount is VirtualThread.runContinuation,
 *                      execute is ThreadMove.execute, release gives the charge back
 *   Virtual            the code of the virtual thread: begin, the call, end. It runs while vstate is RUNNING
 *   Unparker, Dumper   whoever unparks a thread; Thread.getStackTrace up to JDK 26, which submits a runnable thread once more
 *   Detector           StallDetector and Pool.letAllGo: sends any queued ticket home at any time
 *   kind, arg          ThreadMove.charge: FREE, HELD(arg), AGAIN = HELD+AGAIN(arg), QUEUED(ticket arg), RAW(owner arg)
 *   phase              ThreadDispatch.phase; RELEASED stands for REJECTED, too, which differs in what the call does then
 *   vstate, on, schedIsMove, taskIsMove   VirtualThread.state, carrierThread, scheduler, runContinuation
 *   moves, raws, atHome   what the home scheduler has been handed: ThreadMove.run, the continuation itself, Ticket.run
 *   queued, sent       of a ticket: in its pool's queue, sent home
 *
 * RAW(owner): the thread is, or was last, mounted by a carrier that ran the continuation itself. So it is before its first move, and
 * after a stack dump before the first move has left a submission of the continuation behind, which comes to be run at any time
 * later. Such a mount is under nobody's charge. So the thread compares the charge's owner with its carrierThread before it
 * changes phase, and after the yield; where they differ it takes the charge itself (takeCharge). A RAW has a number, so a carrier that
 * has seen the thread unmounted under an older RAW fails.
 *
 * Left out, and why that is sound
 *   - The pool: a queued ticket may be polled, released or refused at any time and in any order, by any policy. A pool thread never
 *     ends. With -DPOOLTHREADS=0 there is none, as where the system refuses to start threads.
 *   - The home scheduler runs what it is handed in any order. It does not throw but for tickets: an exception there loses a thread
 *     without any of this, too, if it is the JDK that submits.
 *   - execute() called by others than the thread's own carrier does what the scheduler does, so both are one step (submit).
 *   - PARKING and YIELDING: to others the same as RUNNING, so the thread unmounts in one step.
 *   - A ticket whose stay is over is taken out of the queue and the home scheduler at once: to come across it would do nothing.
 *   - Fields are sequentially consistent, as far as the charge does not order them; calls inside calls are not modelled.
 *   - of home carriers that nothing tells apart the first goes first: they are the same but for their numbers.
 *
 * Mutations, each of which check sees fail
 *   NO_TAKE_CHARGE          the thread does not ask whose charge it acts under
 *   RAW_WITHOUT_OWNER       any carrier takes a RAW for its own in execute()
 *   AGAIN_FORGOTTEN         whoever releases HELD+AGAIN submits nothing
 *   CLAIM_ANY_STAY          a claim succeeds on whatever stay is under way, as before there were tickets
 *   TAKE_BACK_BLINDLY       a refused ticket is taken back without compare-and-set
 *   REMOVED_ALTHOUGH_THROWN the detector takes a ticket out of the queue although home.execute has thrown
 * RAW_WITHOUT_NUMBER is no such mutation: within the bounds tried so far nothing fails without the number.
 */

/* ---- bounds, each can be set with -D ---- */
#ifndef THREADS
#define THREADS 1      /* virtual threads: 1 or 2 */
#endif
#ifndef CALLS
#define CALLS 2        /* calls of each */
#endif
#ifndef CARRIERS
#define CARRIERS 2     /* home carriers: 1 to 3 */
#endif
#ifndef POOLTHREADS
#define POOLTHREADS 1  /* of each pool: 0 to 2; with 0 every stay ends by a release or is taken back */
#endif
#ifndef PARKS
#define PARKS 1        /* parks of all virtual threads together, inside a call or not */
#endif
#ifndef DUMPS
#define DUMPS 1        /* stack dumps that hit an unmounted runnable thread */
#endif
#ifndef PINS
#define PINS 1         /* yields that do not unmount */
#endif
#ifndef LARGE
#define LARGE 0        /* offers that find the stack too large */
#endif
#ifndef ERRORS
#define ERRORS 0       /* Errors on a pool thread between the claim and the mount */
#endif
#ifndef THROWS
#define THROWS 1       /* home.execute(ticket) that throws */
#endif
#ifndef TICKETS
#define TICKETS 4      /* that exist at the same time */
#endif

/* ---- platform threads ---- */
#define NOBODY   0
#define CARRIER1 1
#define CARRIER2 2
#define CARRIER3 3
#define A1 4
#define A2 5
#define B1 6
#define B2 7
#define isHome(p) (p <= CARRIER3)
#define HOME_ 0
#define A 1
#define B 2
#define poolOf(p) (p <= CARRIER3 -> HOME_ : (p <= A2 -> A : B))

/* ---- ThreadMove.charge ---- */
#define FREE   0
#define HELD   1
#define AGAIN  2   /* HELD+AGAIN */
#define QUEUED 3
#define RAW    4
byte kind[THREADS] = RAW;
byte arg[THREADS];          /* owner of HELD, AGAIN and RAW; ticket of QUEUED */

/* ---- ThreadDispatch.phase ---- */
#define HOME     0
#define GOING    1
#define ABOARD   2
#define PINNED   3
#define RELEASED 4   /* and REJECTED */
byte phase[THREADS] = HOME;

/* ---- java.lang.VirtualThread ---- */
#define RUNNING   0
#define RUNNABLE  1   /* YIELDED, UNPARKED: unmounted */
#define PARKED    2
#define SUSPENDED 3   /* a stack dump looks at it */
#define DONE      4
byte vstate[THREADS] = RUNNABLE;
byte on[THREADS];                 /* carrierThread */
bool schedIsMove[THREADS];        /* scheduler */
bool taskIsMove[THREADS];         /* runContinuation */

/* ---- what the home scheduler has been handed; any order ---- */
byte moves[THREADS];              /* ThreadMove.run */
byte raws[THREADS] = 1;           /* the continuation itself: the thread has yielded before its first call */
bool atHome[TICKETS];             /* ticket.run */

/* ---- tickets: an index is used again when nobody refers to it any more, which is what unique means ---- */
bool queued[TICKETS];             /* in its pool's queue */
bool sent[TICKETS];               /* home, by the stall detector */
bool claimed[TICKETS];            /* ghost: its stay has ended */
byte refs[TICKETS];               /* ghost: from local variables */
byte owner[TICKETS];
byte pool[TICKETS];

/* ---- ghosts ---- */
byte want[THREADS] = HOME_;       /* the pool of the call under way */
byte counted[THREADS];
bool stuck[THREADS];              /* the yield at the end of a call did not unmount */
byte parks, dumps, pins, larges, errors, throws;
byte left[8];                     /* how the thread has unmounted from this platform thread */
bool busy[8];
bool seen[8];                     /* a platform thread has seen this RAW, whose number is unique */

#define isCharge(v, k, x) (kind[v] == k && arg[v] == x)
#define isMine(v, p) ((kind[v] == HELD || kind[v] == AGAIN) && arg[v] == p)
#ifdef RAW_WITHOUT_OWNER
#define isRawOf(v, p) (kind[v] == RAW)
#else
#define isRawOf(v, p) (kind[v] == RAW && arg[v] == p)
#endif

#define unused(t) (!queued[t] && !atHome[t] && refs[t] == 0)

inline tidy(t) {
  if
  :: unused(t) && !(kind[owner[t]] == QUEUED && arg[owner[t]] == t) ->
     sent[t] = false; claimed[t] = false; owner[t] = 0; pool[t] = 0
  :: else
  fi
}

inline newTicket(t, v) {
  t = 0;
  do
  :: t < TICKETS && (!unused(t) || (kind[0] == QUEUED && arg[0] == t)
#if THREADS > 1
                     || (kind[1] == QUEUED && arg[1] == t)
#endif
                    ) -> t++
  :: else -> break
  od;
  assert(t < TICKETS);   /* the bound of the model */
  refs[t] = 1; owner[t] = v; pool[t] = want[v]
}

/* The stay of t ends. What is left of t in a queue or at home has no effect any more, and is forgotten at once: a smaller model. */
inline endStay(t) {
  assert(!claimed[t]);
#ifdef CLAIM_ANY_STAY
  claimed[t] = true
#else
  claimed[t] = true; queued[t] = false; atHome[t] = false
#endif
}

inline claim(t, v, p) {
  endStay(t); kind[v] = HELD; arg[v] = p
}

/* The scheduler is handed the thread's task: at once, or by ThreadMove.execute, which hands it on when it is called by others. */
inline submit(v) {
  if
  :: atomic { taskIsMove[v] -> moves[v]++ }
  :: atomic { !taskIsMove[v] -> raws[v]++ }
  fi
}

/* Of home carriers that nothing tells apart the first goes first. A RAW may tell them apart. */
#define mayTake (me == CARRIER1 || busy[me - 1] || anyRaw)
#if THREADS > 1
#define anyRaw (kind[0] == RAW || kind[1] == RAW)
#else
#define anyRaw (kind[0] == RAW)
#endif
#define TAKE_MOVE(x) :: atomic { isHome(me) && mayTake && moves[x] > 0 -> moves[x]--; v = x; busy[me] = true; goto move_run }
#define TAKE_RAW(x)  :: atomic { isHome(me) && mayTake && raws[x] > 0 -> raws[x]--; v = x; raw = true; busy[me] = true; goto mount }
#define TAKE_HOME(x) :: atomic { isHome(me) && mayTake && atHome[x] -> atHome[x] = false; t = x; busy[me] = true; refs[t]++; goto ticket_run }
#define TAKE_POOL(x) :: atomic { !isHome(me) && queued[x] && pool[x] == poolOf(me) -> queued[x] = false; t = x; refs[t]++; goto carry }

#define rest busy[me] = false; v = 0; t = 0; raw = false; unmounting = false; goto end_idle

/* CAS QUEUED(t) -> HELD(me) by somebody who refers to t no longer afterwards; if it fails, the stay is over. */
inline claimOrLeave() {
  refs[t]--;
  if
#ifdef CLAIM_ANY_STAY
  :: kind[v] == QUEUED -> x = arg[v]; claim(x, v, me); tidy(x); tidy(t); x = 0
#else
  :: isCharge(v, QUEUED, t) -> claim(t, v, me); tidy(t)
#endif
  :: else -> tidy(t); goto left_it
  fi
}

proctype Platform(byte me) {
  byte v, t, x;
  bool raw, unmounting;

end_idle:
  if
  TAKE_MOVE(0) TAKE_RAW(0)
#if THREADS > 1
  TAKE_MOVE(1) TAKE_RAW(1)
#endif
  TAKE_HOME(0) TAKE_POOL(0)
#if TICKETS > 1
  TAKE_HOME(1) TAKE_POOL(1)
#endif
#if TICKETS > 2
  TAKE_HOME(2) TAKE_POOL(2)
#endif
#if TICKETS > 3
  TAKE_HOME(3) TAKE_POOL(3)
#endif
#if TICKETS > 4
  TAKE_HOME(4) TAKE_POOL(4)
#endif
  fi;

move_run:   /* ThreadMove.run */
  if
  :: atomic { kind[v] == FREE -> kind[v] = HELD; arg[v] = me; goto got }
  :: atomic { kind[v] == RAW && vstate[v] == RUNNABLE -> seen[me] = true }
  :: atomic { kind[v] == RAW && vstate[v] != RUNNABLE -> rest }
  :: atomic { kind[v] == QUEUED || kind[v] == AGAIN -> rest }
#ifdef RUN_IGNORES_HELD
  :: atomic { kind[v] == HELD -> arg[v] = me; goto got }
#else
  :: atomic { kind[v] == HELD -> kind[v] = AGAIN; rest }
#endif
  fi;
  atomic {
    if
    :: kind[v] == RAW && seen[me] -> seen[me] = false; kind[v] = HELD; arg[v] = me
    :: else -> seen[me] = false; goto move_run
    fi
  };

got:
  if
  :: atomic { phase[v] == GOING -> goto offer }
  :: atomic { phase[v] == ABOARD -> goto resume }
  :: atomic { phase[v] != GOING && phase[v] != ABOARD -> goto mount }
  fi;

offer:   /* ThreadDispatch.offer, under HELD(me) */
  assert(isMine(v, me));
  if
  :: atomic { larges < LARGE -> larges++; phase[v] = PINNED; goto refused }
  :: atomic { newTicket(t, v); kind[v] = QUEUED; arg[v] = t }
  fi;
  if   /* Pool.submit */
  :: atomic { queued[t] = true; refs[t]--; goto left_it }   /* TAKEN */
  :: atomic { goto take_back }                              /* INPLACE, REJECT: saturated */
  :: queued[t] = true                                       /* INPLACE: stranded */
  fi;
  queued[t] = false;
take_back:
#ifdef TAKE_BACK_BLINDLY
  atomic { refs[t]--; claimed[t] = true; kind[v] = HELD; arg[v] = me; tidy(t) };
#else
  atomic { claimOrLeave() };
#endif
  phase[v] = RELEASED;
refused:
  kind[v] = FREE;
handed_over:
  atomic { moves[v]++; goto left_it };
left_it:
  atomic { if :: unmounting -> goto release :: else -> rest fi };

resume:
  atomic { newTicket(t, v); kind[v] = QUEUED; arg[v] = t };
  if
  :: atomic { queued[t] = true; refs[t]--; rest }
  :: queued[t] = true   /* stranded */
  fi;
  queued[t] = false;
  atomic { claimOrLeave(); goto mount };

ticket_run:   /* Ticket.run */
  atomic { v = owner[t]; claimOrLeave() };
  atomic { phase[v] = RELEASED; goto mount };

carry:   /* Ticket.carry */
  atomic { v = owner[t]; claimOrLeave() };
  if
  :: atomic { errors < ERRORS -> errors++; goto again }
  :: phase[v] = ABOARD
  fi;

mount:   /* VirtualThread.runContinuation */
  if
  :: atomic { !raw && errors < ERRORS && !isHome(me) -> errors++; goto again }
  :: atomic {
       vstate[v] == RUNNABLE ->
       assert(raw || isMine(v, me));
       assert(isHome(me) || poolOf(me) == want[v]);
       vstate[v] = RUNNING; on[v] = me
     }
  :: atomic { vstate[v] != RUNNABLE -> assert(raw || isMine(v, me)); goto release }
  fi;
  if
  :: atomic { left[me] == PARKED || left[me] == DONE -> left[me] = RUNNING; goto release }
  :: atomic { left[me] == RUNNABLE -> left[me] = RUNNING }
  fi;
  if   /* afterYield */
  :: atomic { isHome(me) || !schedIsMove[v] ->   /* externalSubmit, or the scheduler is home */
       if :: taskIsMove[v] -> moves[v]++ :: else -> raws[v]++ fi;
       goto release
     }
  :: atomic { schedIsMove[v] -> unmounting = true }
  fi;

execute:   /* ThreadMove.execute, by the carrier that has unmounted the thread */
  if
  :: atomic { isMine(v, me) -> skip }
  :: atomic { isRawOf(v, me) -> kind[v] = HELD; arg[v] = me }   /* by compare-and-set, before anything else */
  :: atomic { !isMine(v, me) && !isRawOf(v, me) -> goto handed_over }
  fi;
  if
  :: atomic { phase[v] == GOING -> goto offer }
  :: atomic { phase[v] != GOING -> kind[v] = FREE; goto handed_over }
  fi;

release:
  if
  :: atomic { raw -> rest }
  :: atomic { !raw && isCharge(v, HELD, me) -> kind[v] = FREE; rest }
#ifdef AGAIN_FORGOTTEN
  :: atomic { !raw && isCharge(v, AGAIN, me) -> kind[v] = FREE; rest }
#else
  :: atomic { !raw && isCharge(v, AGAIN, me) -> kind[v] = FREE; unmounting = false; goto handed_over }
#endif
  :: atomic { !raw && !isMine(v, me) -> rest }
  fi;
again:
  atomic { kind[v] = FREE; goto handed_over }
}

/* The thread unmounts; the carrier, which waits in continuation.run(), goes on in afterYield. */
inline leave(how) {
  left[on[v]] = how; on[v] = NOBODY; vstate[v] = how
}

inline yield() {
  if
  :: atomic { pins < PINS -> pins++; pinned = true }
  :: atomic { leave(RUNNABLE); pinned = false };
     atomic { vstate[v] == RUNNING -> skip }
  fi
}

inline mayPark() {
  if
  :: atomic { parks < PARKS -> parks++; leave(PARKED) };
     atomic { vstate[v] == RUNNING -> skip }
  :: atomic { skip }
  fi
}

/*
 * Before the thread changes its phase: it acts under the charge of whoever mounted it. Whoever mounted it without a charge
 * has run the continuation itself; then the thread takes the charge.
 */
inline takeCharge() {
#ifdef NO_TAKE_CHARGE
  skip
#else
  if
  :: atomic { isMine(v, on[v]) -> took = false }
  :: atomic { kind[v] == RAW || kind[v] == FREE || kind[v] == QUEUED ->
       if
       :: kind[v] == QUEUED -> x = arg[v]; kind[v] = RAW; endStay(x); tidy(x); x = 0
       :: else -> kind[v] = RAW
       fi;
       arg[v] = on[v];
       took = true;
#ifndef RAW_WITHOUT_NUMBER
       seen[CARRIER1] = false; seen[CARRIER2] = false; seen[CARRIER3] = false
#endif
     }
  fi
#endif
}

#define onRightThread (isHome(on[v]) || poolOf(on[v]) == want[v] || stuck[v])

proctype Virtual(byte v) {
  byte call, x;
  bool pinned, moved, took;

  atomic { vstate[v] == RUNNING -> skip };
  do
  :: atomic { call < CALLS -> skip };
     mayPark();
     /* ThreadMove.begin */
     if
     :: atomic { !taskIsMove[v] -> kind[v] = RAW; arg[v] = on[v]; taskIsMove[v] = true }
     :: atomic { taskIsMove[v] -> skip }
     fi;
     takeCharge();
     atomic {
       assert(phase[v] != GOING && phase[v] != ABOARD);
       want[v] = (call % 2 == 0 -> A : B);
       phase[v] = GOING; schedIsMove[v] = true
     };
     yield();
     schedIsMove[v] = false;
     takeCharge();
#ifndef NO_TAKE_CHARGE
     if
     :: atomic { took -> phase[v] = PINNED }
     :: atomic { !took -> skip }
     fi;
#endif
     if
     :: atomic { phase[v] == GOING -> moved = false }; phase[v] = PINNED
     :: atomic { phase[v] == ABOARD -> moved = true }
     :: atomic { phase[v] != GOING && phase[v] != ABOARD -> moved = false }
     fi;
     mayPark();
     atomic {
       assert(onRightThread);
       counted[v]++;
       assert(counted[v] == call + 1)
     };
     if
     :: atomic { moved -> pinned = false };
        /* ThreadMove.end */
        takeCharge();
        atomic { phase[v] = HOME; want[v] = HOME_; schedIsMove[v] = true };
        yield();
        atomic { schedIsMove[v] = false; stuck[v] = pinned && !isHome(on[v]); moved = false }
     :: atomic { !moved -> want[v] = HOME_ }
     fi;
     atomic { call++; pinned = false; took = false }
  :: atomic { call == CALLS -> call = 0; break }
  od;
  atomic { leave(DONE) }
}

#define UNPARK(x) :: atomic { vstate[x] == PARKED -> vstate[x] = RUNNABLE; v = x }

/* Unparks a thread that has parked: an unpark, an interrupt, a timeout, a released monitor. */
proctype Unparker() {
  byte v;
end_idle:
  if
  UNPARK(0)
#if THREADS > 1
  UNPARK(1)
#endif
  fi;
  submit(v);
  goto end_idle
}

#define DUMP(x) :: atomic { dumps < DUMPS && vstate[x] == RUNNABLE -> dumps++; vstate[x] = SUSPENDED; v = x }

/* A stack dump: the thread is suspended, resumed and submitted once more. */
proctype Dumper() {
  byte v;
end_idle:
  if
  DUMP(0)
#if THREADS > 1
  DUMP(1)
#endif
  fi;
  vstate[v] = RUNNABLE;
  submit(v);
  goto end_idle
}

#define SEND(x) :: atomic { queued[x] && !sent[x] -> t = x; refs[t]++ }

/* StallDetector and Pool.letAllGo: sends tickets home, because of the policy, or because the pool has no thread. */
proctype Detector() {
  byte t;
end_idle:
  if
  SEND(0)
#if TICKETS > 1
  SEND(1)
#endif
#if TICKETS > 2
  SEND(2)
#endif
#if TICKETS > 3
  SEND(3)
#endif
#if TICKETS > 4
  SEND(4)
#endif
  fi;
  if
#ifdef REMOVED_ALTHOUGH_THROWN
  :: atomic { throws < THROWS -> throws++ }
#else
  :: atomic { throws < THROWS -> throws++; refs[t]--; tidy(t); t = 0; goto end_idle }
#endif
  :: atomic { sent[t] = true; atHome[t] = true }
  fi;
  atomic { queued[t] = false; refs[t]--; tidy(t); t = 0 };
  goto end_idle
}

#define isThrough(v) (vstate[v] == DONE && (kind[v] == FREE || kind[v] == RAW) && counted[v] == CALLS)

/* When nothing can happen any more, every thread has made its calls and ended, and no charge and no ticket is left over. */
proctype Quiet() {
  byte t;
  timeout;
  assert(isThrough(0));
#if THREADS > 1
  assert(isThrough(1));
#endif
  for (t : 0 .. TICKETS - 1) {
    assert(unused(t))
  }
}

init {
  atomic {
    run Platform(CARRIER1);
#if CARRIERS > 1
    run Platform(CARRIER2);
#endif
#if CARRIERS > 2
    run Platform(CARRIER3);
#endif
#if POOLTHREADS > 0
    run Platform(A1);
    run Platform(B1);
#endif
#if POOLTHREADS > 1
    run Platform(A2);
    run Platform(B2);
#endif
    run Virtual(0);
#if THREADS > 1
    run Virtual(1);
#endif
#if PARKS > 0
    run Unparker();
#endif
#if DUMPS > 0
    run Dumper();
#endif
    run Detector();
    run Quiet()
  }
}
