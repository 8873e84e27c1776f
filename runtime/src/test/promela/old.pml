/*
 * The protocol before tickets: ThreadMove as it was when one object stood for all the stays of a virtual thread in a queue.
 *
 * It is kept because it shows that a model like this one finds the defect that was found in production code:
 *   -DONE_POOL   both calls are for pool A. A pool thread polls the entry of call 1 and stalls, the stall detector releases call 1,
 *                the thread makes call 2, the detector's remove takes the entry of call 2: the thread is lost (Quiet fails).
 *   otherwise    call 1 is for pool A, call 2 for pool B. The stalled pool thread of A goes on, its compare-and-set succeeds on
 *                call 2: pool A's thread mounts the thread in a call for pool B (the assertion at mount fails).
 *
 * Modelled: one virtual thread, its calls, ThreadMove.run, execute, carry and release, Pool.letGo, two home carriers, a pool thread of
 * each pool, a release at any time. Left out, because the defect needs none of it: parks, pinned yields, stack dumps, refusals.
 *
 * state is ThreadMove.state; entries[p] counts how often the queue of pool p holds the ThreadMove; moves and raws count what the
 * home scheduler has been handed: ThreadMove.run, and the continuation itself.
 */
#ifndef CALLS
#define CALLS 2
#endif
#define HOME_ 0
#define A 1
#define B 2
#define CARRIER1 1
#define CARRIER2 2
#define A1 3
#define B1 4
#define NOBODY 0
#define isHome(p) (p <= CARRIER2)
#define poolOf(p) (p - 2)

#define HOME 0
#define GOING 1
#define QUEUED 2
#define ABOARD 3
#define PINNED 4
#define RELEASED 5
byte state = HOME;

#define RUNNING 0
#define RUNNABLE 1
#define DONE 2
byte vstate = RUNNABLE;
byte on;
byte left[5];
bool schedIsMove, taskIsMove;
byte moves, raws = 1;
byte entries[3];
byte want = HOME_;
byte counted;

#define rest move = false; goto end_idle

proctype Platform(byte me) {
  bool move;
end_idle:
  if
  :: atomic { isHome(me) && moves > 0 -> moves--; goto run_ }
  :: atomic { isHome(me) && raws > 0 -> raws--; goto mount }
  :: atomic { !isHome(me) && entries[poolOf(me)] > 0 -> entries[poolOf(me)]-- }
  fi;
  atomic {   /* carry */
    if
    :: state == QUEUED -> state = ABOARD; goto mount
    :: else -> rest
    fi
  };
run_:
  if
  :: atomic { state == GOING -> state = QUEUED; goto submit }
  :: atomic { state == QUEUED -> rest }
  :: atomic { state == ABOARD -> state = QUEUED; goto submit }
  :: atomic { state == HOME || state >= PINNED -> goto mount }
  fi;
submit:
  atomic { entries[want]++; rest };
mount:
  if
  :: atomic { vstate == RUNNABLE ->
#ifndef ONE_POOL
       assert(isHome(me) || poolOf(me) == want);
#endif
       vstate = RUNNING; on = me }
  :: atomic { vstate != RUNNABLE -> rest }
  fi;
  if
  :: atomic { left[me] == DONE -> left[me] = 0; rest }
  :: atomic { left[me] == RUNNABLE -> left[me] = 0 }
  fi;
  if   /* afterYield */
  :: atomic { isHome(me) || !schedIsMove -> if :: taskIsMove -> moves++ :: else -> raws++ fi; rest }
  :: atomic { schedIsMove -> skip }
  fi;
  if   /* execute */
  :: atomic { state == GOING -> state = QUEUED; goto submit }
  :: atomic { state != GOING -> moves++; rest }
  fi
}

inline unmount(how) {
  atomic { left[on] = how; on = NOBODY; vstate = how }
}

proctype Virtual() {
  byte call;
  bool moved;
  atomic { vstate == RUNNING -> skip };
  do
  :: atomic { call < CALLS -> taskIsMove = true };
#ifdef ONE_POOL
     want = A;
#else
     want = (call % 2 == 0 -> A : B);
#endif
     atomic { state = GOING; schedIsMove = true };
     unmount(RUNNABLE);
     atomic { vstate == RUNNING -> schedIsMove = false };
     atomic { moved = (state == ABOARD); counted++; call++ };
     if
     :: atomic { moved -> state = HOME; want = HOME_ };   /* Thread.yield, to the home scheduler */
        unmount(RUNNABLE);
        atomic { vstate == RUNNING -> skip }
     :: atomic { !moved -> want = HOME_ }
     fi
  :: atomic { call == CALLS -> break }
  od;
  unmount(DONE)
}

/* StallDetector, Pool.letGo: releases what it finds in a queue, then takes it out once. */
proctype Detector() {
  byte p;
end_idle:
  if
  :: atomic { entries[A] > 0 -> p = A }
  :: atomic { entries[B] > 0 -> p = B }
  fi;
  atomic {
    if
    :: state == QUEUED -> state = RELEASED
    :: else -> goto end_idle
    fi
  };
  raws++;   /* home.execute(continuation) */
  atomic {
    if :: entries[p] > 0 -> entries[p]-- :: else fi;
    goto end_idle
  }
}

proctype Quiet() {
  timeout;
#ifdef ONE_POOL
  assert(vstate == DONE && counted == CALLS)
#endif
}

init {
  atomic {
    run Platform(CARRIER1);
    run Platform(CARRIER2);
    run Platform(A1);
    run Platform(B1);
    run Virtual();
    run Detector();
    run Quiet()
  }
}
