/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unmap_and_move() of mm/migrate.c, Linux 5.8, without and with "mm/migrate: Defer allocating new
 * page until needed": the choices, rules and laws of errpath's model, for Spin.
 *
 * A pair of runs: first PRE, then POST with the same answers. What PRE did not ask is asked when
 * POST asks it. Each run is judged by the laws as it goes and at its return; then the two are
 * compared. Their order of calls is not: a state does not remember it.
 *
 * Both are one text, with `sem` where they differ: in when they allocate, and in where a failure
 * goes. The shorter the text, the less there is to compile.
 *
 * -DHISTORY writes down each answer and each call, and prints them at the end of a pair
 * (pan with -DPRINTF). Without it, nothing of that is in the state.
 */

/* Answers. 0: nobody has asked yet. */
#define UNASKED 0
#define NO      1
#define YES     2

#define DST     1	/* get_new_page(), page_get_anon_vma() */
#define NONE    2

#define MIGRATE_ASYNC        1
#define MIGRATE_SYNC_LIGHT   2
#define MIGRATE_SYNC         3
#define MIGRATE_SYNC_NO_COPY 4

#define MR_MEMORY_FAILURE 2

/* Return codes. */
#define OK     1
#define EAGAIN 2
#define EBUSY  3
#define ENOMEM 4
#define EIO    5
#define EINVAL 6

/* Where a page is. */
#define NOWHERE 0
#define ABSENT  1
#define ON_LIST 2
#define ON_LRU  3
#define FREE    4
#define DRIVER  5
#define CALLER  6

/* Calls that a run made, a bit each. */
#define TRYLOCK_SRC  (1 << 0)
#define TRYLOCK_DST  (1 << 1)
#define LOCK_SRC     (1 << 2)
#define UNLOCK_SRC   (1 << 3)
#define UNLOCK_DST   (1 << 4)
#define WAIT         (1 << 5)
#define GET_ANON     (1 << 6)
#define PUT_ANON     (1 << 7)
#define GET_NEW      (1 << 8)
#define MOVE         (1 << 9)
#define UNMAP        (1 << 10)
#define PTES_SRC     (1 << 11)
#define PTES_DST     (1 << 12)
#define BUFFERS      (1 << 13)
#define CLEAR_ACTIVE (1 << 14)
#define CLEAR_UNEVIC (1 << 15)
#define CLEAR_ISOL   (1 << 16)
#define OWNER        (1 << 17)
#define PUT_SRC      (1 << 18)
#define PUT_DST      (1 << 19)
#define LRU_SRC      (1 << 20)
#define LRU_DST      (1 << 21)
#define PUT_MOVABLE  (1 << 22)
#define PUT_NEW      (1 << 23)
#define LIST_DEL     (1 << 24)
#define MOD_STATE    (1 << 25)
#define HWPOISON     (1 << 26)
#define NUM_POISONED (1 << 27)

#define PRE  0
#define POST 1

bit sem;

/* What the environment answered: the same to both runs. */
byte thp_supported, thp, page_count, movable, driver, lock_src, force, mode, memalloc;
byte writeback, anon, ksm, anon_vma, new_page, lock_dst, mapping, private, mapped;
byte unmap, move, reason, hwpoison, put_new;

/* The run. */
byte rc, src_on, dst_on;
int called;
bit src_locked, dst_locked, src_ref, dst_ref, anon_ref, counted, entries, unmapped;

/* What PRE ended with. */
byte old_rc, old_src_on, old_dst_on;
int old_called;
bit old_src_ref, old_unmapped;

#ifdef HISTORY
short history[160];
byte length;
int asked;
byte at;
#define NOTE(what)         history[length] = what; length++
#define ASKED(number, x)   if :: asked & (1 << number) :: else -> asked = asked | (1 << number); \
				NOTE(number * 10 + x) fi
#define CALLED(number, x)  NOTE(1000 + number * 10 + x)
#else
#define ASKED(number, x)
#define CALLED(number, x)
#endif

/* The laws, by what their assertions are for; -DONLY=C1 leaves the others out. */
#define C1  1	/* who owns the source page after a return code */
#define C2  2	/* after -ENOMEM nobody but an owner touches the page */
#define C3  3	/* every page that is gotten carries the data or goes back */
#define C4  4	/* no page lock and no reference outlives the call */
#define C5  5	/* NR_ISOLATED is touched once, for a page that leaves the list */
#define C6  6	/* nothing that may reclaim runs with the source page locked */
#define C7  7	/* a page under writeback is never unmapped */
#define C9  9	/* no migration entry is left */
#define C10 10	/* a new page that is given back was not touched */
#define Restores        11	/* a migration that fails restores what it unmapped */
#define AsyncNeverWaits 12	/* asynchronous migration never waits */
#define NoBug           13	/* what the kernel's own debug options would stop on */
#define ReturnsDiffer   14	/* the differences, each where it is declared */
#define SourceDiffers   15
#define NewPageDiffers  16
#define CallsDiffer     17

#ifdef ONLY
#define LAW(law, holds)    assert((holds) || law != ONLY)
#else
#define LAW(law, holds)    assert(holds)
#endif

#define CALL(bit_)         called = called | bit_
#define DID(bits)          (called & (bits))
#define LIVE               LAW(NoBug, src_ref)	/* no touch after the last put */

inline ask(number, x, first, second)
{
	if
	:: x == UNASKED -> x = first
	:: x == UNASKED -> x = second
	:: x != UNASKED
	fi;
	ASKED(number, x)
}

inline ask_certain(number, x, only)
{
	x = only;
	ASKED(number, x)
}

inline ask_one_of(number, x, last)
{
	if
	:: x == UNASKED -> select_(x, last)
	:: x != UNASKED
	fi;
	ASKED(number, x)
}

inline select_(x, last)
{
	x = 1;
	do
	:: break
	:: x < last -> x++
	od;
	skip	/* no jump into a d_step */
}

inline __PageMovable()
{
	LIVE;
	ask(3, movable, NO, YES);
	if
	:: movable == YES -> counted = 0
	:: else
	fi
}

/* A movable page that is not on the LRU is not anonymous. */
inline PageAnon()
{
	LIVE;
	if
	:: movable == YES -> ask_certain(10, anon, NO)
	:: else -> ask(10, anon, NO, YES)
	fi
}

inline PageKsm()
{
	LIVE;
	ask(11, ksm, NO, YES)
}

/* An anonymous page has a mapping. */
inline page_mapping()
{
	LIVE;
	if
	:: anon == YES -> ask_certain(15, mapping, YES)
	:: else -> ask(15, mapping, YES, NO)
	fi
}

/* Nothing maps a page without a mapping, nor an anonymous one whose anon_vma is gone. */
inline page_mapped()
{
	LIVE;
	if
	:: mapping == NO || anon_vma == NONE -> ask_certain(17, mapped, NO)
	:: else -> ask(17, mapped, YES, NO)
	fi;
	unmapped = (mapped == NO)
}

inline lock_page()
{
	d_step {
		LAW(NoBug, src_ref && !src_locked);
		src_locked = 1;
		CALL(LOCK_SRC);
		CALLED(2, 0)
	}
}

inline unlock_page()
{
	d_step {
		LAW(NoBug, src_ref && src_locked);
		src_locked = 0;
		CALL(UNLOCK_SRC);
		CALLED(3, 0)
	}
}

inline unlock_new_page()
{
	d_step {
		LAW(NoBug, dst_ref && dst_locked);
		dst_locked = 0;
		CALL(UNLOCK_DST);
		CALLED(4, 0)
	}
}

inline trylock_page()
{
	LIVE;
	ask(5, lock_src, YES, NO);
	d_step {
		src_locked = (lock_src == YES);
		CALL(TRYLOCK_SRC);
		CALLED(0, lock_src)
	}
}

inline trylock_new_page()
{
	LAW(NoBug, dst_ref);
	ask(14, lock_dst, YES, NO);
	d_step {
		dst_locked = (lock_dst == YES);
		CALL(TRYLOCK_DST);
		CALLED(1, lock_dst)
	}
}

inline wait_on_page_writeback()
{
	d_step {
		LIVE;
		CALL(WAIT);
		CALLED(5, 0)
	}
}

inline page_get_anon_vma()
{
	LIVE;
	ask(12, anon_vma, DST, NONE);
	d_step {
		anon_ref = (anon_vma == DST);
		CALL(GET_ANON);
		CALLED(6, anon_vma)
	}
}

inline put_anon_vma()
{
	d_step {
		LAW(NoBug, anon_ref);
		anon_ref = 0;
		CALL(PUT_ANON);
		CALLED(7, 0)
	}
}

inline get_new_page()
{
	LIVE;
	/* C6: nothing that may reclaim runs with the source page locked; POST says that it does. */
	LAW(C6, src_locked == (sem == POST));
	ask(13, new_page, DST, NONE);
	d_step {
		if
		:: new_page == DST -> dst_ref = 1; dst_on = NOWHERE
		:: else
		fi;
		CALL(GET_NEW);
		CALLED(8, new_page)
	}
}

inline move_to_new_page()
{
	LAW(NoBug, src_ref && src_locked && dst_ref && dst_locked);
	ask_one_of(19, move, EINVAL);
	d_step {
		rc = move;
		if
		:: move == OK && movable == YES -> dst_on = DRIVER
		:: else
		fi;
		if
		:: move == OK -> unmapped = 1
		:: else
		fi;
		CALL(MOVE);
		CALLED(9, move)
	}
}

inline try_to_unmap()
{
	LAW(NoBug, src_ref && src_locked);
	/* C7: a page under writeback is never unmapped. */
	LAW(C7, writeback != YES || DID(WAIT));
	ask(18, unmap, YES, NO);
	d_step {
		entries = 1;
		unmapped = (unmap == YES);
		CALL(UNMAP);
		CALLED(10, unmap)
	}
}

inline remove_migration_ptes()
{
	d_step {
		LAW(NoBug, src_ref && dst_ref && entries);
		entries = 0;
		if
		:: rc == OK ->
			CALL(PTES_DST);
			CALLED(12, 0)
		:: else ->
			unmapped = 0;
			CALL(PTES_SRC);
			CALLED(11, 0)
		fi
	}
}

inline try_to_free_buffers()
{
	d_step {
		LAW(NoBug, src_ref && src_locked);
		CALL(BUFFERS);
		CALLED(13, 0)
	}
}

inline clear_flags()
{
	d_step {
		LIVE;
		CALL(CLEAR_ACTIVE | CLEAR_UNEVIC);
#ifdef HISTORY
		NOTE(1140);
		NOTE(1150)
#endif
	}
}

inline __ClearPageIsolated()
{
	d_step {
		LAW(NoBug, src_ref && src_locked);
		CALL(CLEAR_ISOL);
		CALLED(16, 0)
	}
}

inline PageMovable()
{
	LAW(NoBug, src_ref && src_locked);
	ask(4, driver, YES, NO)
}

inline set_page_owner_migrate_reason()
{
	d_step {
		CALL(OWNER);
		CALLED(17, 0)
	}
}

inline put_page()
{
	d_step {
		LIVE;
		src_ref = 0;
		if
		:: src_on == NOWHERE -> src_on = FREE
		:: else
		fi;
		CALL(PUT_SRC);
		CALLED(18, 0)
	}
}

/* The new page has one fate: each way to let go of it has its own condition. */
#define CARRIES (DID(MOVE) && move == OK)

inline drop_new_page()
{
	d_step {
		LAW(NoBug, dst_ref);
		LAW(C3, (CARRIES -> movable == YES : put_new == NONE));
		dst_ref = 0;
		if
		:: dst_on == NOWHERE -> dst_on = FREE
		:: else
		fi;
		CALL(PUT_DST);
		CALLED(19, 0)
	}
}

inline putback_new_page()
{
	d_step {
		LAW(NoBug, dst_ref);
		LAW(C3, CARRIES && movable != YES);
		dst_ref = 0;
		dst_on = ON_LRU;
		CALL(LRU_DST);
		CALLED(21, 0)
	}
}

inline put_new_page()
{
	d_step {
		LAW(NoBug, dst_ref);
		LAW(C3, !CARRIES && put_new != NONE);
		/* C10: it goes back untouched, and unlocked. */
		LAW(C10, !dst_locked);
		dst_ref = 0;
		dst_on = CALLER;
		CALL(PUT_NEW);
		CALLED(23, 0)
	}
}

/* A new page that carries the data goes as its kind asks for, */
inline let_go_of_new_page()
{
	if
	:: movable == YES -> drop_new_page()
	:: else -> putback_new_page()
	fi
}

/* and any other goes back to the caller. */
inline give_new_page_back()
{
	ask(22, put_new, DST, NONE);
	if
	:: put_new == DST -> put_new_page()
	:: else -> drop_new_page()
	fi
}

inline putback_lru_page()
{
	d_step {
		LIVE;
		src_ref = 0;
		src_on = ON_LRU;
		CALL(LRU_SRC);
		CALLED(20, 0)
	}
}

inline putback_movable_page()
{
	d_step {
		LAW(NoBug, src_ref && src_locked);
		src_on = DRIVER;
		CALL(PUT_MOVABLE);
		CALLED(22, 0)
	}
}

inline list_del()
{
	d_step {
		LAW(NoBug, src_ref && !DID(LIST_DEL));
		src_on = NOWHERE;
		CALL(LIST_DEL);
		CALLED(24, 0)
	}
}

inline mod_node_page_state()
{
	d_step {
		LAW(NoBug, src_ref && counted);
		/* C5: once, for a page that has left the list, and before it is on the LRU. */
		LAW(C5, DID(LIST_DEL) && !DID(LRU_SRC | MOD_STATE));
		counted = 0;
		CALL(MOD_STATE);
		CALLED(25, 0)
	}
}

inline set_hwpoison_free_buddy_page()
{
	ask(21, hwpoison, YES, NO);
	d_step {
		CALL(HWPOISON);
		CALLED(26, hwpoison)
	}
}

inline num_poisoned_pages_inc()
{
	d_step {
		CALL(NUM_POISONED);
		CALLED(27, 0)
	}
}

/* -EAGAIN and -ENOMEM leave the page with the caller, any other return code does not. */
#define KEPT      (rc == EAGAIN || rc == ENOMEM)
#define OWNED     (src_ref && !DID(LIST_DEL) && (counted || movable == YES))
#define DISOWNED  (!src_ref && DID(LIST_DEL) && !counted)
#define OWNERSHIP (KEPT -> OWNED : DISOWNED)
#define NO_MEMORY (DID(GET_NEW) && new_page == NONE)
#define DECLARED  ((DID(MOVE) && move == ENOMEM) || (sem == POST && NO_MEMORY))
#define TOUCHED   DID(LIST_DEL | LRU_SRC | PUT_MOVABLE | PUT_SRC)
#define WAITED    DID(WAIT | LOCK_SRC)
#define DRIVER_S  (movable == YES && (page_count == 1 || (DID(LIST_DEL) && rc != OK)))

inline judge()
{
	d_step {
		/* C1: who owns the source page after a return code, and what is declared. */
		LAW(C1, OWNERSHIP == !DECLARED);
		/* C2: after -ENOMEM nobody but an owner touches the page, and what is declared. */
		LAW(C2, rc != ENOMEM || (TOUCHED != 0) == DECLARED);
		/* C3: every page that is gotten carries the data or goes back. */
		LAW(C3, !DID(GET_NEW) || new_page != DST || DID(PUT_NEW | PUT_DST | LRU_DST));
		LAW(C3, !DID(GET_NEW) || CARRIES == (rc == OK));
		/* C4: no page lock and no reference outlives the call. */
		LAW(C4, !src_locked && !dst_locked);
		LAW(C4, !anon_ref && !dst_ref);
		/* C9: no migration entry is left. */
		LAW(C9, !entries);
		LAW(C9, !DID(UNMAP) || DID(PTES_SRC | PTES_DST));
		/* C10: a new page that is given back was not touched. */
		LAW(C10, !DID(PUT_NEW) || !(CARRIES || DID(LRU_DST | OWNER)));
		/* A migration that fails restores what it unmapped. */
		LAW(Restores, !DID(UNMAP) || rc == OK || (DID(PTES_SRC) && !DID(PTES_DST)));
		/* Asynchronous migration never waits, but for what is declared. */
		LAW(AsyncNeverWaits, mode > MIGRATE_ASYNC || (WAITED != 0) == DRIVER_S)
	}
}

/* PRE allocated a page, or failed to, that POST never asked for. */
#define SPARED    ((old_called & GET_NEW) && !DID(GET_NEW))
#define SRC_SAME  (src_on == old_src_on && src_ref == old_src_ref && unmapped == old_unmapped && \
		  ((called ^ old_called) & (MOD_STATE | NUM_POISONED)) == 0)

inline compare()
{
	d_step {
		/* The return code changes where PRE has no memory for a page that POST spares. */
		LAW(ReturnsDiffer, (rc != old_rc) == (SPARED && new_page == NONE));
		/* The source page's end changes where there is no memory, unless POST says -EAGAIN. */
		LAW(SourceDiffers, !SRC_SAME == (new_page == NONE && (DID(GET_NEW) || (SPARED && rc == EBUSY))));
		/* The new page's end changes where POST spares it. */
		LAW(NewPageDiffers, (dst_on != old_dst_on) == (SPARED && new_page == DST));
		/* Calls are made or no longer made where one of these is so, and nowhere else. */
		LAW(CallsDiffer, (called != old_called) == (SPARED || NO_MEMORY))
	}
}

active proctype pair()
{
begin:
	rc = OK;
	d_step {
		called = 0;
		src_on = ON_LIST;
		dst_on = ABSENT;
		src_ref = 1;
		counted = 1;
		unmapped = 0
	}
	LIVE;
	ask(0, thp_supported, YES, NO);
	if
	:: thp_supported == NO ->
		ask(1, thp, NO, YES);
		if
		:: thp == YES -> rc = ENOMEM; goto returned
		:: else
		fi
	:: else
	fi;
	LIVE;
	ask(2, page_count, 2, 1);
	if
	:: page_count == 1 ->
		clear_flags();
		__PageMovable();
		if
		:: movable == YES ->
			lock_page();
			PageMovable();
			if
			:: driver == NO -> __ClearPageIsolated()
			:: else
			fi;
			unlock_page()
		:: else
		fi;
		goto out
	:: else
	fi;
	rc = EAGAIN;
	if
	:: sem == PRE ->
		get_new_page();
		if
		:: new_page == NONE -> rc = ENOMEM; goto returned
		:: else
		fi;
		__PageMovable()
	:: else
	fi;
	trylock_page();
	if
	:: lock_src == NO ->
		ask(6, force, NO, YES);
		if
		:: force == NO -> goto busy
		:: else
		fi;
		ask_one_of(7, mode, MIGRATE_SYNC_NO_COPY);
		if
		:: mode == MIGRATE_ASYNC -> goto busy
		:: else
		fi;
		ask(8, memalloc, NO, YES);
		if
		:: memalloc == YES -> goto busy
		:: else
		fi;
		lock_page()
	:: else
	fi;
	LIVE;
	ask(9, writeback, NO, YES);
	if
	:: writeback == YES ->
		ask_one_of(7, mode, MIGRATE_SYNC_NO_COPY);
		if
		:: mode != MIGRATE_SYNC && mode != MIGRATE_SYNC_NO_COPY ->
			rc = EBUSY;
			goto out_unlock
		:: else
		fi;
		ask(6, force, NO, YES);
		if
		:: force == NO -> goto out_unlock
		:: else
		fi;
		wait_on_page_writeback()
	:: else
	fi;
	if
	:: sem == POST -> __PageMovable()
	:: else
	fi;
	PageAnon();
	if
	:: anon == YES ->
		PageKsm();
		if
		:: ksm == NO -> page_get_anon_vma()
		:: else
		fi
	:: else
	fi;
	if
	:: sem == POST ->
		get_new_page();
		if
		:: new_page == NONE -> rc = ENOMEM; goto out_unlock
		:: else
		fi
	:: else
	fi;
	trylock_new_page();
	if
	:: lock_dst == NO -> goto out_put
	:: else
	fi;
	if
	:: movable == YES -> move_to_new_page(); goto out_unlock_new
	:: else
	fi;
	page_mapping();
	if
	:: mapping == NO ->
		LAW(NoBug, anon != YES);
		ask(16, private, NO, YES);
		if
		:: private == YES -> try_to_free_buffers(); goto out_unlock_new
		:: else
		fi
	:: else
	fi;
	page_mapped();
	if
	:: mapped == YES ->
		LAW(NoBug, !(anon == YES && ksm == NO && anon_vma == NONE));
		try_to_unmap()
	:: else
	fi;
	if
	:: unmapped -> move_to_new_page()
	:: else
	fi;
	if
	:: mapped == YES -> remove_migration_ptes()
	:: else
	fi;
out_unlock_new:
	unlock_new_page();
out_put:
	if
	:: sem == PRE
	:: sem == POST && rc == OK ->
		set_page_owner_migrate_reason();
		let_go_of_new_page()
	:: else ->
		give_new_page_back()
	fi;
out_unlock:
	if
	:: anon_ref -> put_anon_vma()
	:: else
	fi;
	unlock_page();
	if
	:: sem == PRE && rc == OK ->
		let_go_of_new_page();
		set_page_owner_migrate_reason()
	:: else
	fi;
	goto out;

busy:
	if
	:: sem == POST -> goto returned
	:: else
	fi;

out:
	if
	:: rc != EAGAIN ->
		list_del();
		__PageMovable();
		if
		:: movable == NO -> mod_node_page_state()
		:: else
		fi
	:: else
	fi;
	if
	:: rc == OK ->
		put_page();
		ask_one_of(20, reason, 7);
		if
		:: reason == MR_MEMORY_FAILURE ->
			set_hwpoison_free_buddy_page();
			if
			:: hwpoison == YES -> num_poisoned_pages_inc()
			:: else
			fi
		:: else
		fi;
		goto returned
	:: rc == EAGAIN
	:: else ->
		__PageMovable();
		if
		:: movable == NO -> putback_lru_page()
		:: else ->
			lock_page();
			PageMovable();
			if
			:: driver == YES -> putback_movable_page()
			:: else -> __ClearPageIsolated()
			fi;
			unlock_page();
			put_page()
		fi
	fi;
	if
	:: sem == PRE -> give_new_page_back()
	:: else
	fi;

returned:
	judge();
#ifdef HISTORY
	d_step { NOTE(2000 + rc); asked = 0 }
#endif
	if
	:: sem == PRE ->
		d_step {
			old_rc = rc;
			old_called = called;
			old_src_on = src_on;
			old_dst_on = dst_on;
			old_src_ref = src_ref;
			old_unmapped = unmapped;
			sem = POST
		}
		goto begin
	:: else
	fi;
	compare();
#ifdef HISTORY
	d_step {
		printf("pair");
		at = 0;
		do
		:: at < length -> printf(" %d", history[at]); at++
		:: else -> break
		od;
		printf("\n")
	}
#endif
}
