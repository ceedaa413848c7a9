/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * migrate_pages() and putback_movable_pages() of mm/migrate.c, Linux 5.8, above unmap_and_move()
 * without and with "mm/migrate: Defer allocating new page until needed": the choices, rules and
 * contracts of errpath's model of a list of K pages, for Spin.
 *
 * A run is of one semantics, PRE or POST. The list is an array by position, which closes up where
 * a page leaves it, so that what became of pages that are gone is in no state; and a page between
 * two attempts is one byte: what is known of its kind. What is about no page is asked where it is
 * read first. An attempt is atomic: it asks one choice after another, and keeps none of what
 * other threads can change before the next attempt. But it is in two halves, of which the second
 * is searched once for all the ways in that come to the same: that takes two thirds of the time.
 *
 * -DPASSES=1 has fewer passes. -DOUTCOMES prints at the end what is returned and counted, and with
 * -DPLACES where each page is (pan with -DPRINTF). Without them, nothing of that is in the state.
 */

#ifdef PLACES
#define OUTCOMES
#endif

#ifndef K
#define K 1
#endif
#ifndef PASSES
#define PASSES 10
#endif
#ifndef FORCED_FROM
#define FORCED_FROM 4	/* `pass > 2`, counted from 0 */
#endif
#define FORCE (pass >= FORCED_FROM)
#define MOST (2 * K)	/* pages on the list: a tail for each */

#define PRE  0
#define POST 1

/* Answers. 0: nobody has asked yet. */
#define UNASKED 0
#define NO      1
#define YES     2

#define MIGRATE_ASYNC      1
#define MIGRATE_SYNC_LIGHT 2
#define MIGRATE_SYNC       3	/* MIGRATE_SYNC_NO_COPY is read nowhere apart from it */

/* Return codes. */
#define OK     0
#define EAGAIN 1
#define EBUSY  2
#define ENOMEM 3
#define GONE   4	/* -EIO, -EINVAL and -ENOSYS are read nowhere apart */

/* Where a page is that this thread has let go of. */
#define HERE   0	/* it has not */
#define OTHERS 1	/* in a pagevec, with its driver, on hugepage_activelist */
#define LRU    2
#define FREE   3

/* How a run ends: with a count of pages, or with an errno, or where the kernel would stop. */
#define GOES_ON         0
#define RETURNS         1
#define RETURNS_EBUSY   2
#define RETURNS_ENOMEM  3
#define USE_AFTER_PUT   4
#define FREED_ON_LIST   5
#define WRONG_LIST      6
#define HEAD_AS_PAGE    7

/* The contracts, by what their assertions are for; -DONLY=C2 leaves the others out. */
#define C2    2	/* after -ENOMEM nobody but an owner touches or splits a page */
#define C3    3	/* every page that is gotten carries the data or goes back */
#define C4    4	/* no page lock and no reference outlives an attempt */
#define C5    5	/* NR_ISOLATED is back after the putback */
#define C8    8	/* the return code and PGMIGRATE_FAIL agree with what was not migrated */
#define NoBug 9	/* what the kernel's own debug options would stop on */

#ifdef ONLY
#define LAW(law, holds) assert((holds) || law != ONLY)
#else
#define LAW(law, holds) assert(holds)
#endif

bit sem;

/*
 * What is about no page: thp_migration_supported(), mode, PF_MEMALLOC, whether reason is
 * MR_MEMORY_FAILURE, whether put_new_page is given. PF_SWAPWRITE is read by no attempt and by no
 * contract: it is left out.
 */
byte thp_supported, mode, memalloc, reason, put_new;

/* The list, by position; the place of the walk; what migrate_pages() counts. */
byte list[MOST];
byte n, at, pass, retry, nr_failed, nr_succeeded;
bit lru;	/* something was put on the LRU */

/* What became of the pages, for the contracts: none of it is read by the code. */
byte pages, done, failed, isolated;
byte ended;

/* The page that is tried: PageHuge(), PageTransHuge(), __PageMovable(), PageAnon(), PageKsm(); */
byte huge, thp, movable, anon, ksm;
/*
 * what other threads can change, as far as it is read again: page_count(), PageMovable(),
 * PageWriteback(), page->mapping, page_mapped(), extra_pins, PageSwapCache(), page_get_anon_vma(),
 * page_private();
 */
byte count, driver, writeback, mapping, mapped, pins, in_swap, anon_vma, subpool, x;
/* and the attempt on it. */
byte rc, place;
bit src_ref, src_locked, counted, on_list, dst_ref, dst_locked, anon_ref, entries, rwsem, unmapped;
bit stray, declared, carries, finished, beside;
/* The second half of the attempt is due, and it begins with the way out. */
bit under_way, leaving;

#define KIND(page) (huge + 3 * thp + 9 * movable + 27 * anon + 81 * ksm)

#ifdef PLACES
#define IN_PAGEVEC 4
#define ON_LRU     5
#define IS_FREE    6
#define DRIVER     7
#define ACTIVE     8
#define CALLER     9
#define NOTHING    10
#define ON_LIST    11
byte id[MOST], where[MOST], new[MOST];
byte me, i, poisoned;
bit migrated[MOST];
#define PUT(where_)     where[me] = where_
#define PUT_NEW(where_) new[me] = where_
#define ME              me = id[at]
#define TELL_PLACES \
	printf(" %d", poisoned); \
	i = 0; \
	do \
	:: i < MOST -> printf(" %d %d %d", where[i], new[i], migrated[i]); i++ \
	:: else -> break \
	od; \
	i = 0;
#else
#define PUT(where_)     skip
#define PUT_NEW(where_) skip
#define ME              skip
#define TELL_PLACES
#endif

#ifdef OUTCOMES
#define TELL printf("outcome %d %d %d %d", sem, ended, nr_failed, nr_succeeded); TELL_PLACES printf("\n")
#else
#define TELL skip
#endif

inline ask(what, first, second)
{
	if
	:: what == UNASKED -> what = first
	:: what == UNASKED -> what = second
	:: what != UNASKED
	fi
}

/* Where the second answer cannot be. */
inline ask_but(what, first, second, not_second)
{
	if
	:: what == UNASKED -> what = first
	:: what == UNASKED && !(not_second) -> what = second
	:: what != UNASKED
	fi
}

inline ask_mode()
{
	if
	:: mode == UNASKED -> mode = MIGRATE_ASYNC
	:: mode == UNASKED -> mode = MIGRATE_SYNC_LIGHT
	:: mode == UNASKED -> mode = MIGRATE_SYNC
	:: mode != UNASKED
	fi
}

/* The kind of a page. What is implied is known, so that kinds that are the same are one. */
inline PageTransHuge()
{
	ask_but(thp, NO, YES, movable == YES || ksm == YES)
}

inline PageMovable_()
{
	if
	:: movable == UNASKED -> movable = NO
	:: movable == UNASKED && thp != YES && anon != YES ->
		d_step {
			movable = YES;
			anon = NO;
			ksm = NO;
			thp = NO;
			counted = 0;
			isolated--
		}
	:: movable != UNASKED
	fi
}

inline PageAnon()
{
	if
	:: anon == UNASKED -> d_step { anon = NO; ksm = NO }
	:: anon == UNASKED && movable != YES -> anon = YES
	:: anon != UNASKED
	fi
}

inline PageKsm()
{
	if
	:: ksm == UNASKED -> ksm = NO
	:: ksm == UNASKED && thp != YES -> d_step { ksm = YES; thp = NO }
	:: ksm != UNASKED
	fi
}

inline page_mapping()
{
	ask_but(mapping, YES, NO, anon == YES || movable == YES || mapped == YES)
}

inline page_mapped()
{
	ask_but(mapped, NO, YES, mapping == NO || count == 1 ||
		(anon == YES && ksm == NO && anon_vma == NO))
}

inline page_get_anon_vma()
{
	if
	:: anon_vma = YES
	:: !(anon == YES && ksm == NO && mapped == YES) -> anon_vma = NO
	fi
}

/* Page tables, or the page cache or swap cache, hold references to the page. */
inline kept()
{
	page_mapped();
	if
	:: mapped == YES -> x = YES
	:: else ->
		PageAnon();
		if
		:: anon == YES -> ask(in_swap, NO, YES); x = in_swap
		:: else -> page_mapping(); x = mapping
		fi
	fi
}

/* A page of which this thread has let go is touched: that is declared, and somebody keeps it. */
inline touch()
{
	if
	:: src_ref
	:: else ->
		LAW(C2, declared);
		if
		:: place == FREE -> ended = USE_AFTER_PUT; goto stopped
		:: place == LRU ->
			ask_but(pins, NO, YES, count == 1);
			if
			:: pins == YES
			:: else ->
				kept();
				if
				:: x == NO -> ended = USE_AFTER_PUT; goto stopped
				:: else
				fi
			fi
		:: else
		fi
	fi
}

/* A call on the page that is as alive as it was. */
#define TOUCHES LAW(C2, src_ref || declared)

inline lock_page()
{
	d_step { TOUCHES; LAW(NoBug, !src_locked); src_locked = 1 }
}

inline unlock_page()
{
	d_step { TOUCHES; LAW(NoBug, src_locked); src_locked = 0 }
}

inline get_new_page()
{
	d_step { TOUCHES; LAW(C3, !dst_ref) };
	if
	:: d_step { dst_ref = 1; carries = 0; PUT_NEW(NOTHING); x = YES }
	:: d_step { declared = declared || (sem == POST && huge != YES); x = NO }
	fi
}

inline move_to_new_page()
{
	d_step { TOUCHES; LAW(NoBug, src_locked && dst_ref && dst_locked) };
	if
	:: d_step {
		rc = OK;
		carries = 1;
		finished = 1;
#ifdef PLACES
		migrated[me] = 1;
#endif
		if
		:: movable == YES -> PUT_NEW(DRIVER)
		:: else
		fi
	   }
	:: rc = EAGAIN
	:: rc = EBUSY
	:: d_step { rc = ENOMEM; declared = 1 }
	:: rc = GONE	/* -EIO */
	:: rc = GONE	/* -EINVAL */
	fi
}

inline try_to_unmap()
{
	d_step { TOUCHES; LAW(NoBug, src_locked); entries = 1; unmapped = 1 };
	if
	:: mapped = NO
	:: mapped = YES
	fi
}

inline remove_migration_ptes()
{
	d_step {
		LAW(NoBug, entries && dst_ref);
		entries = 0;
		unmapped = 0;
		if
		:: rc != OK -> mapped = YES
		:: else
		fi
	}
}

inline put_anon_vma()
{
	d_step { LAW(NoBug, anon_ref); anon_ref = 0 }
}

#ifdef PLACES
/* A compound page takes along what is in the pagevec. */
inline drain()
{
	i = 0;
	do
	:: i < MOST ->
		if
		:: where[i] == IN_PAGEVEC -> where[i] = ON_LRU
		:: else
		fi;
		if
		:: new[i] == IN_PAGEVEC -> new[i] = ON_LRU
		:: else
		fi;
		i++
	:: else -> break
	od;
	i = 0
}
#else
inline drain() { skip }
#endif

/* The new page has one fate: each way to let go of it has its own condition. */
inline put_new_page()
{
	ask(put_new, YES, NO);
	d_step {
		LAW(C3, dst_ref && !dst_locked && !carries);
		dst_ref = 0;
		if
		:: put_new == YES -> PUT_NEW(CALLER)
		:: else -> PUT_NEW(IS_FREE)
		fi
	}
}

inline let_go_of_new_page()
{
	if
	:: movable == YES -> d_step { LAW(C3, dst_ref && carries); dst_ref = 0 }
	:: else ->
		PageTransHuge();
		d_step {
			LAW(C3, dst_ref && carries);
			dst_ref = 0;
			lru = 1;
			PUT_NEW(IN_PAGEVEC);
			if
			:: thp == YES -> drain()
			:: else
			fi
		}
	fi
}

/* It leaves the list, which closes up. */
inline list_del()
{
	d_step {
		on_list = 0;
		PUT(NOTHING);
		x = at;
		do
		:: x + 1 < n ->
			list[x] = list[x + 1];
#ifdef PLACES
			id[x] = id[x + 1];
#endif
			x++
		:: else -> break
		od;
		n--;
		list[n] = 0;
#ifdef PLACES
		id[n] = 0;
#endif
		x = 0
	}
}

inline mod_node_page_state()
{
	PageTransHuge();
	d_step {
		TOUCHES;
		LAW(C5, counted && isolated > 0);
		counted = 0;
		isolated--
	}
}

inline putback_lru_page()
{
	PageTransHuge();
	d_step {
		LAW(NoBug, src_ref);
		src_ref = 0;
		beside = lru;
		lru = 1;
		place = (thp == YES -> LRU : OTHERS);
		PUT(IN_PAGEVEC);
		if
		:: thp == YES -> drain()
		:: else
		fi
	}
}

inline put_page()
{
	d_step {
		LAW(NoBug, src_ref);
		src_ref = 0;
		if
		:: place == HERE -> place = FREE; PUT(IS_FREE)
		:: else
		fi
	}
}

/* A movable page goes back to its driver, if that still owns it. */
inline putback_movable_page()
{
	lock_page();
	ask(driver, YES, NO);
	d_step {
		LAW(NoBug, src_locked);
		if
		:: driver == YES -> place = OTHERS; PUT(DRIVER)
		:: else
		fi
	};
	unlock_page();
	put_page()
}

/* The page goes back to hugepage_activelist; one that was migrated is freed. */
inline putback_active_hugepage()
{
	list_del();
	d_step {
		LAW(NoBug, src_ref);
		src_ref = 0;
		if
		:: carries -> place = FREE; PUT(IS_FREE)
		:: else -> place = OTHERS; PUT(ACTIVE)
		fi
	}
}

inline take_up()
{
	d_step {
		ME;
		huge = list[at] % 3;
		thp = (list[at] / 3) % 3;
		movable = (list[at] / 9) % 3;
		anon = (list[at] / 27) % 3;
		ksm = list[at] / 81;
		src_ref = 1;
		on_list = 1;
		counted = !(huge == YES || movable == YES);
		place = HERE
	}
}

/* What other threads can change is forgotten. */
inline forget()
{
	count = 0;
	driver = 0;
	writeback = 0;
	mapping = 0;
	mapped = 0;
	pins = 0;
	in_swap = 0;
	anon_vma = 0;
	subpool = 0;
	x = 0
}

/* What is about an attempt is forgotten, for whoever comes next. */
inline lay_down()
{
	forget();
	huge = 0;
	thp = 0;
	movable = 0;
	anon = 0;
	ksm = 0;
	rc = 0;
	place = 0;
	src_ref = 0;
	on_list = 0;
	counted = 0;
	carries = 0;
	declared = 0;
	finished = 0;
	beside = 0;
	stray = 0;
	leaving = 0;
	under_way = 0;
	src_locked = 0;
	dst_ref = 0;
	dst_locked = 0;
	anon_ref = 0;
	entries = 0;
	rwsem = 0;
	unmapped = 0;
#ifdef PLACES
	me = 0;
#endif
	skip
}

inline PageHuge()
{
	if
	:: huge == UNASKED -> huge = NO
	:: huge == UNASKED ->
		d_step { huge = YES; thp = YES; counted = 0; isolated-- }
	:: huge != UNASKED
	fi
}

inline unmap_and_move_huge_page()
{
	rc = EAGAIN;
	/* hugepage_migration_supported(): whoever was tried before is supported. */
	if
	:: list[at] == UNASKED ->
		if
		:: skip
		:: putback_active_hugepage(); rc = GONE; goto huge_done
		fi
	:: else
	fi;
	get_new_page();
	if
	:: x == NO -> rc = ENOMEM; goto huge_done
	:: else
	fi;
	if
	:: skip	/* trylock_page() of the source page */
	:: skip ->	/* an else of its own */
	   if
	   :: !FORCE -> goto huge_out
	   :: else
	   fi;
	   ask_mode();
	   if
	   :: mode != MIGRATE_SYNC -> goto huge_out
	   :: else
	   fi
	fi;
	lock_page();
	ask(subpool, NO, YES);
	if
	:: subpool == YES ->
		if
		:: skip
		:: rc = EBUSY; goto huge_unlock	/* page_mapping() gives NULL */
		fi
	:: else
	fi;
	PageAnon();
	if
	:: anon == YES ->
		page_get_anon_vma();
		anon_ref = (anon_vma == YES)
	:: else
	fi;
	if	/* trylock_page() of the new page */
	:: dst_locked = 1
	:: goto huge_put_anon
	fi;
	page_mapped();
	if
	:: mapped == YES ->
		if
		:: rwsem = 1
		:: goto huge_unlock_put_anon	/* hugetlb_page_mapping_lock_write() gives NULL */
		fi;
		try_to_unmap()
	:: else
	fi;
	if
	:: mapped == NO -> move_to_new_page()
	:: else
	fi;
	if
	:: unmapped ->
		remove_migration_ptes();
		d_step { LAW(NoBug, rwsem); rwsem = 0 }
	:: else
	fi;
huge_unlock_put_anon:
	dst_locked = 0;
huge_put_anon:
	if
	:: anon_ref -> put_anon_vma()
	:: else
	fi;
huge_unlock:
	skip;	/* no jump into a d_step */
	unlock_page();
huge_out:
	if
	:: rc != EAGAIN -> putback_active_hugepage()
	:: else
	fi;
	if
	:: carries -> d_step { LAW(C3, dst_ref); dst_ref = 0; PUT_NEW(ACTIVE) }
	:: else -> put_new_page()
	fi;
huge_done:
	skip
}

/*
 * unmap_and_move() and __unmap_and_move(): one text, with `sem` where the two differ in when they
 * allocate, and in where a failure goes.
 */
inline unmap_and_move()
{
	rc = OK;
	TOUCHES;
	ask(thp_supported, YES, NO);
	if
	:: thp_supported == NO ->
		PageTransHuge();
		if
		:: thp == YES -> rc = ENOMEM; goto returned
		:: else
		fi
	:: else
	fi;
	ask_but(count, 2, 1, mapped == YES || pins == YES);
	if
	:: count == 1 ->
		PageMovable_();
		if
		:: movable == YES ->
			lock_page();
			ask(driver, YES, NO);
			unlock_page()
		:: else
		fi;
		finished = 1;	/* nobody but this thread has it: there is nothing to carry */
		goto out
	:: else
	fi;
	rc = EAGAIN;
	if
	:: sem == PRE ->
		get_new_page();
		if
		:: x == NO -> rc = ENOMEM; goto returned
		:: else
		fi;
		PageMovable_()
	:: else
	fi;
	if
	:: skip	/* trylock_page() of the source page */
	:: skip ->	/* an else of its own */
	   if
	   :: !FORCE -> goto busy
	   :: else
	   fi;
	   ask_mode();
	   if
	   :: mode == MIGRATE_ASYNC -> goto busy
	   :: else
	   fi;
	   ask(memalloc, NO, YES);
	   if
	   :: memalloc == YES -> goto busy
	   :: else
	   fi
	fi;
	lock_page();
	ask(writeback, NO, YES);
	if
	:: writeback == YES ->
		ask_mode();
		if
		:: mode != MIGRATE_SYNC -> rc = EBUSY; goto out_unlock
		:: else
		fi;
		if
		:: !FORCE -> goto out_unlock
		:: else
		fi;
		writeback = NO
	:: else
	fi;
	PageMovable_();
	PageAnon();
	if
	:: anon == YES ->
		PageKsm();
		if
		:: ksm == NO -> page_get_anon_vma(); anon_ref = (anon_vma == YES)
		:: else
		fi
	:: else
	fi;
	if
	:: sem == POST ->
		get_new_page();
		if
		:: x == NO -> rc = ENOMEM; goto out_unlock
		:: else
		fi
	:: else
	fi;
	if	/* trylock_page() of the new page */
	:: dst_locked = 1
	:: goto out_put
	fi;
	if
	:: movable == YES -> move_to_new_page(); goto out_unlock_new
	:: else
	fi;
	page_mapping();
	if
	:: mapping == NO ->
		LAW(NoBug, anon != YES);
		if
		:: skip	/* page_has_private() */
		:: goto out_unlock_new
		fi
	:: else
	fi;
	page_mapped();
	if
	:: mapped == YES ->
		LAW(NoBug, !(anon == YES && ksm == NO && anon_vma == NO));
		try_to_unmap();
		if
		:: stray -> touch()
		:: else
		fi
	:: else
	fi;
	if
	:: mapped == NO -> move_to_new_page()
	:: else
	fi;
	if
	:: unmapped -> remove_migration_ptes()
	:: else
	fi;
out_unlock_new:
	dst_locked = 0;
out_put:
	if
	:: sem == PRE
	:: sem == POST && rc == OK -> let_go_of_new_page()
	:: else -> put_new_page()
	fi;
out_unlock:
	if
	:: anon_ref -> put_anon_vma()
	:: else
	fi;
	unlock_page();
	if
	:: sem == PRE && rc == OK -> let_go_of_new_page()
	:: else
	fi;
	goto out;

busy:
	if
	:: sem == POST -> goto returned
	:: else
	fi;

out:
	leaving = 1;
returned:
	skip
}

/* The way out of unmap_and_move(): who has the page now. */
inline leave()
{
	if
	:: rc != EAGAIN ->
		if
		:: stray -> ended = WRONG_LIST; goto stopped
		:: else
		fi;
		list_del();
		PageMovable_();
		if
		:: movable == NO -> mod_node_page_state()
		:: else
		fi
	:: else
	fi;
	if
	:: rc == OK ->
		put_page();
		ask(reason, NO, YES);
		if
		:: reason == YES ->	/* MR_MEMORY_FAILURE */
			if	/* set_hwpoison_free_buddy_page() */
			:: skip
#ifdef PLACES
			:: poisoned++
#else
			:: skip
#endif
			fi
		:: else
		fi;
		goto left_it
	:: rc == EAGAIN
	:: else ->
		if
		:: movable == NO -> putback_lru_page()
		:: else -> putback_movable_page()
		fi
	fi;
	if
	:: sem == PRE && dst_ref -> put_new_page()
	:: else
	fi;

left_it:
	skip
}

/* What is left after split_huge_page_to_list() in rc: OK or EBUSY. */
inline split_huge_page_to_list()
{
	rc = EBUSY;
	LAW(NoBug, src_locked && thp == YES);
	ask(writeback, NO, YES);
	if
	:: writeback == YES -> goto not_split
	:: else
	fi;
	PageAnon();
	if
	:: anon == YES ->
		page_get_anon_vma();
		if
		:: anon_vma == NO -> goto not_split
		:: else
		fi
	:: else ->
		page_mapping();
		if
		:: mapping == NO -> goto not_split
		:: else
		fi
	fi;
	ask_but(pins, NO, YES, count == 1);
	if
	:: src_ref == (pins == YES) -> goto not_split
	:: else
	fi;
	if
	:: src_ref ->
		d_step {
			rc = OK;
			thp = NO;
			movable = NO;
			ksm = NO;
			list[at] = KIND();
			list[n] = list[at];
#ifdef PLACES
			id[n] = me + K;
			where[me + K] = ON_LIST;
#endif
			n++;
			pages++;
			isolated++
		}
	:: else ->
		/* The head is on the LRU: the tail is linked beside it, and only others keep it. */
		kept();
		if
		:: x == NO -> ended = FREED_ON_LIST; goto stopped
		:: else
		fi;
		d_step {
#ifdef PLACES
			where[me + K] = ON_LRU;
#endif
			rc = OK;
			thp = NO;
			movable = NO;
			ksm = NO;
			stray = 1
		}
	fi;
not_split:
	skip	/* no jump into a d_step */
}

/* What the putback does not read. */
inline forget_run()
{
	at = 0;
	pass = 0;
	retry = 0;
#ifndef OUTCOMES
	nr_failed = 0;
	nr_succeeded = 0;
	ended = 0;
#endif
	pages = 0;
	done = 0;
	failed = 0;
	lru = 0;
	thp_supported = 0;
	mode = 0;
	memalloc = 0;
	reason = 0;
	put_new = 0
}

active proctype migrate_pages()
{
	atomic {
		if
		:: sem = PRE
		:: sem = POST
		fi;
		d_step {
			n = K;
			pages = K;
			isolated = K;
			pass = 1;
#ifdef PLACES
			do
			:: at < K -> id[at] = at; where[at] = ON_LIST; at++
			:: else -> break
			od;
			at = 0
#endif
		}
	}

	/* A state is kept before each half of an attempt, and nowhere else. */
	do
	:: atomic {
		!under_way -> take_up();
again:
		if
		:: stray -> touch()
		:: else
		fi;
		PageHuge();
		if
		:: huge == YES -> unmap_and_move_huge_page()
		:: else ->
			unmap_and_move();
			if	/* who may split the page reads more of it */
			:: rc != ENOMEM -> d_step { forget() }
			:: else
			fi
		fi;
		d_step {
			if
			:: on_list -> list[at] = 0
			:: else
			fi;
			under_way = 1
		}
	   }
	:: atomic {
		under_way ->
		under_way = 0;
		if
		:: leaving -> leaving = 0; leave()
		:: else
		fi;

		d_step {
			/* Nothing of an attempt lives on. */
			LAW(C3, !dst_ref);
			LAW(C4, !src_locked && !dst_locked && !rwsem);
			LAW(C4, !anon_ref && !entries);
			/* What became of the page, whatever is returned. */
			if
			:: finished -> done++
			:: !finished && !src_ref && !stray -> failed++
			:: else
			fi
		};

		if
		:: rc == ENOMEM ->
			if
			:: huge != YES -> PageTransHuge()
			:: else
			fi;
			touch();
			if
			:: thp == YES && huge != YES ->
				lock_page();
				split_huge_page_to_list();
				unlock_page();
				if
				:: rc == OK ->
					d_step { forget(); declared = stray };
					goto again
				:: else -> ended = RETURNS_EBUSY
				fi
			:: else -> ended = RETURNS_ENOMEM
			fi;
			d_step {
				nr_failed++;
				if
				:: src_ref -> list[at] = KIND()
				:: else
				fi;
				LAW(C8, nr_failed == failed + src_ref && nr_succeeded == done)
			}
		:: rc == EAGAIN && stray -> ended = (beside -> WRONG_LIST : HEAD_AS_PAGE); goto stopped
		:: rc == EAGAIN && !stray -> d_step { retry++; list[at] = KIND(); at++ }
		:: rc == OK -> nr_succeeded++
		:: else -> nr_failed++
		fi;
		goto attempt_done;

stopped:
		LAW(C2, declared);
		d_step {
			isolated = 0;
			do
			:: n > 0 -> n--; list[n] = 0
			:: else -> break
			od
		};

attempt_done:
		skip;
		d_step { lay_down() };
		if
		:: ended == GOES_ON && at < n
		:: ended == GOES_ON && at == n && pass < PASSES && retry > 0 ->
			d_step { retry = 0; at = 0; pass++ }
		:: else ->
			d_step {
				if
				:: ended == GOES_ON ->
					ended = RETURNS;
					nr_failed = nr_failed + retry;
					LAW(C8, nr_failed == pages - done && nr_succeeded == done)
				:: else
				fi;
				forget_run()
			};
			goto left
		fi
	   }
	od;

left:
	do
	:: atomic {
		n > 0 ->
		take_up();
		PageHuge();
		if
		:: huge == YES -> putback_active_hugepage()
		:: else ->
			list_del();
			PageMovable_();
			if
			:: movable == YES -> putback_movable_page()
			:: else -> mod_node_page_state(); putback_lru_page()
			fi
		fi;
		d_step { LAW(C4, !src_ref && !src_locked); lay_down() }
	   }
	:: n == 0 -> break
	od;
	LAW(C5, isolated == 0);

over:
	skip;
	d_step { TELL }
}
