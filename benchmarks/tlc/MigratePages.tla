\* SPDX-License-Identifier: GPL-2.0-only
------------------------------ MODULE MigratePages ------------------------------
(*
  migrate_pages() and putback_movable_pages() of mm/migrate.c, Linux 5.8, above unmap_and_move()
  without and with "mm/migrate: Defer allocating new page until needed": the choices, rules and
  contracts of errpath's model of a list of K pages, for TLC.

  A run is of one semantics, "pre" or "post". The list is a sequence, so that what became of pages
  that are gone is in no state, and a page between two attempts is what is known of its kind.
  What is about no page is asked where it is read first. An attempt is two steps, so that the
  second is taken once for all the ways in that come to the same. A step is a chain of actions,
  each of which is a question and what the code does until the next one.

  With Places, it is remembered where each page is, and printed at the end.
*)
EXTENDS Integers, Sequences, TLC

CONSTANTS K, Passes, ForcedFrom, Places

VARIABLES
  semantics,  \* "pre" or "post"
  phase,      \* "passes", "putback", or how the run ended
  about,      \* what is about no page
  list,       \* the caller's list
  at,         \* the place of the walk
  half,       \* the first half of an attempt: <<>>, or the attempt, and whether it is to leave
  stray,      \* a page on the LRU that the walk went on with: <<>>, or its kind and neighbourhood
  counts,     \* what migrate_pages() counts
  lru,        \* whether anything was put on the LRU
  became,     \* what became of the pages, for the contracts: the code reads none of it
  broken,     \* the contracts that were broken
  where       \* with Places, where each page is

vars == <<semantics, phase, about, list, at, half, stray, counts, lru, became, broken, where>>

No == "no"
Yes == "yes"
Unasked == "?"
Bit == {No, Yes}

\* MIGRATE_SYNC_NO_COPY is read nowhere apart from MIGRATE_SYNC.
Modes == {"ASYNC", "SYNC_LIGHT", "SYNC"}
MoveResults == {"0", "-EAGAIN", "-EBUSY", "-ENOMEM", "-EIO", "-EINVAL"}

Pre == semantics = "pre"
Force == counts.pass >= ForcedFrom

Untried == [huge |-> Unasked, thp |-> Unasked, movable |-> Unasked, anon |-> Unasked,
            ksm |-> Unasked]
NotAsked == [thp_supported |-> Unasked, mode |-> Unasked, memalloc |-> Unasked,
             reason |-> Unasked, put_new |-> Unasked]

------------------------------------------------------------------------------------
\* The attempt, as a record. A call that may not be made adds to what is broken.
\*
\* It has the kind of the page: PageHuge(), PageTransHuge(), __PageMovable(), PageAnon(), PageKsm();
\* what other threads can change, as far as it is read again: page_count(), PageMovable(),
\* PageWriteback(), page->mapping, page_mapped(), extra_pins, PageSwapCache(),
\* page_get_anon_vma(); what is about no page: thp_migration_supported(), mode, PF_MEMALLOC,
\* whether reason is MR_MEMORY_FAILURE, whether put_new_page is given; and what the thread holds.
\* PF_SWAPWRITE is read by no attempt and by no contract: it is left out.

Counted(kind) == kind.huge # Yes /\ kind.movable # Yes

Take(kind) == [
  huge |-> kind.huge, thp |-> kind.thp, movable |-> kind.movable, anon |-> kind.anon,
  ksm |-> kind.ksm,
  count |-> Unasked, driver |-> Unasked, writeback |-> Unasked, mapping |-> Unasked,
  mapped |-> Unasked, pins |-> Unasked, in_swap |-> Unasked, anon_vma |-> Unasked,
  thp_supported |-> about.thp_supported, mode |-> about.mode, memalloc |-> about.memalloc,
  reason |-> about.reason, put_new |-> about.put_new,
  rc |-> "0", src |-> TRUE, place |-> "here", counted |-> Counted(kind), locked |-> FALSE,
  new |-> FALSE, new_locked |-> FALSE, anon_ref |-> FALSE, entries |-> FALSE, rwsem |-> FALSE,
  finished |-> FALSE, declared |-> FALSE, beside |-> FALSE, lru |-> lru, poisoned |-> 0,
  now |-> [page |-> "from_list", new |-> "absent", migrated |-> FALSE],
  isolated |-> became.isolated, broken |-> {}]

KindOf(r) == [huge |-> r.huge, thp |-> r.thp, movable |-> r.movable, anon |-> r.anon,
              ksm |-> r.ksm]
AboutOf(r) == [thp_supported |-> r.thp_supported, mode |-> r.mode, memalloc |-> r.memalloc,
               reason |-> r.reason, put_new |-> r.put_new]

Check(r, ok, law) == IF ok THEN r ELSE [r EXCEPT !.broken = @ \cup {law}]

\* After the last put only what is declared touches the page.
Touches(r) == Check(r, r.src \/ r.declared, "C2")

Put(r, place) == IF Places THEN [r EXCEPT !.now.page = place] ELSE r
PutNew(r, place) == IF Places THEN [r EXCEPT !.now.new = place] ELSE r

------------------------------------------------------------------------------------
\* Questions: the attempts that a question makes of one.

Known(r, what, values) == IF r[what] = Unasked THEN values ELSE {r[what]}
Ask(r, what, values) == {[r EXCEPT ![what] = v] : v \in Known(r, what, values)}

\* The kind of a page. What is implied is known, so that kinds that are the same are one.
PageTransHuge(r) == Ask(r, "thp", IF r.movable = Yes \/ r.ksm = Yes THEN {No} ELSE Bit)

PageMovable(r) ==
  {IF v = Yes /\ r.movable # Yes
   THEN [r EXCEPT !.movable = Yes, !.anon = No, !.ksm = No, !.thp = No, !.counted = FALSE,
                  !.isolated = @ - 1]
   ELSE [r EXCEPT !.movable = v] :
   v \in Known(r, "movable", IF r.thp = Yes \/ r.anon = Yes THEN {No} ELSE Bit)}

PageAnon(r) ==
  {IF v = No THEN [r EXCEPT !.anon = No, !.ksm = No] ELSE [r EXCEPT !.anon = Yes] :
   v \in Known(r, "anon", IF r.movable = Yes THEN {No} ELSE Bit)}

PageKsm(r) ==
  {IF v = Yes THEN [r EXCEPT !.ksm = Yes, !.thp = No] ELSE [r EXCEPT !.ksm = No] :
   v \in Known(r, "ksm", IF r.thp = Yes THEN {No} ELSE Bit)}

PageHuge(r) ==
  {IF v = Yes /\ r.huge # Yes
   THEN [r EXCEPT !.huge = Yes, !.thp = Yes, !.counted = FALSE, !.isolated = @ - 1]
   ELSE [r EXCEPT !.huge = v] : v \in Known(r, "huge", Bit)}

page_count(r) == Ask(r, "count", IF r.mapped = Yes \/ r.pins = Yes THEN {"2"} ELSE {"2", "1"})

page_mapping(r) ==
  Ask(r, "mapping", IF r.anon = Yes \/ r.movable = Yes \/ r.mapped = Yes THEN {Yes} ELSE Bit)

NoAnonVma(r) == r.anon = Yes /\ r.ksm = No /\ r.anon_vma = No
page_mapped(r) ==
  Ask(r, "mapped", IF r.mapping = No \/ r.count = "1" \/ NoAnonVma(r) THEN {No} ELSE Bit)

\* It is asked each time.
page_get_anon_vma(r) ==
  {[r EXCEPT !.anon_vma = v] :
   v \in IF r.anon = Yes /\ r.ksm = No /\ r.mapped = Yes THEN {Yes} ELSE Bit}

extra_pins(r) == Ask(r, "pins", IF r.count = "1" THEN {No} ELSE Bit)

\* Page tables, or the page cache or swap cache, hold references to the page: <<attempt, so>>.
Kept(r) == UNION {
  IF s.mapped = Yes THEN {<<s, TRUE>>} ELSE UNION {
    IF t.anon = Yes
    THEN {<<u, u.in_swap = Yes>> : u \in Ask(t, "in_swap", Bit)}
    ELSE {<<u, u.mapping = Yes>> : u \in page_mapping(t)} : t \in PageAnon(s)}
  : s \in page_mapped(r)}

\* Somebody else keeps a page of which this thread has let go.
Alive(r) ==
  CASE r.place = "others" -> {<<r, TRUE>>}
    [] r.place = "free" -> {<<r, FALSE>>}
    [] OTHER -> UNION {IF s.pins = Yes THEN {<<s, TRUE>>} ELSE Kept(s) : s \in extra_pins(r)}

------------------------------------------------------------------------------------
\* Calls.

lock_page(r) == [Check(Touches(r), ~r.locked, "NoBug") EXCEPT !.locked = TRUE]
unlock_page(r) == [Check(Touches(r), r.locked, "NoBug") EXCEPT !.locked = FALSE]

put_anon_vma(r) == IF r.anon_ref THEN [r EXCEPT !.anon_ref = FALSE] ELSE r

\* What get_new_page() gives.
GotNew(r) == PutNew([Check(Touches(r), ~r.new, "C3") EXCEPT !.new = TRUE, !.finished = FALSE],
                    "nothing")
NoNew(r) == [Touches(r) EXCEPT !.rc = "-ENOMEM",
                               !.declared = @ \/ (~Pre /\ r.huge # Yes)]

try_to_unmap(r) ==
  {[Check(Touches(r), r.locked, "NoBug") EXCEPT !.entries = TRUE, !.mapped = v] : v \in Bit}

remove_migration_ptes(r) ==
  IF ~r.entries THEN r
  ELSE [Check(r, r.new, "NoBug")
        EXCEPT !.entries = FALSE, !.mapped = IF r.rc = "0" THEN @ ELSE Yes]

move_to_new_page(r) ==
  {LET s == [Check(Touches(r), r.locked /\ r.new /\ r.new_locked, "NoBug")
             EXCEPT !.rc = v, !.finished = v = "0", !.declared = @ \/ v = "-ENOMEM"]
   IN IF Places /\ v = "0"
      THEN [s EXCEPT !.now.migrated = TRUE,
                     !.now.new = IF s.movable = Yes THEN "driver" ELSE @]
      ELSE s : v \in MoveResults}

\* The new page has one fate: each way to let go of it has its own condition.
LetGo(r) == [Check(r, r.new /\ r.finished, "C3") EXCEPT !.new = FALSE]
let_go_of_new_page(r) ==
  IF r.movable = Yes THEN {LetGo(r)}
  ELSE {PutNew([LetGo(s) EXCEPT !.lru = TRUE], IF s.thp = Yes THEN "drained" ELSE "pagevec")
        : s \in PageTransHuge(r)}

put_new_page(r) ==
  {LET s == Check(r, r.new /\ ~r.new_locked /\ ~r.finished, "C3")
   IN PutNew([s EXCEPT !.new = FALSE, !.put_new = v], IF v = Yes THEN "caller" ELSE "free")
   : v \in Known(r, "put_new", Bit)}

\* What is counted is uncounted once, with a reference held.
mod_node_page_state(r) ==
  {[Check(Touches(s), s.counted /\ s.isolated > 0, "C5")
    EXCEPT !.counted = FALSE, !.isolated = @ - 1] : s \in PageTransHuge(r)}

putback_lru_page(r) ==
  Put([Check(r, r.src, "NoBug")
       EXCEPT !.src = FALSE, !.beside = r.lru, !.lru = TRUE,
              !.place = IF r.thp = Yes THEN "lru" ELSE "others"],
      IF r.thp = Yes THEN "drained" ELSE "pagevec")

Freed(r) == IF r.place = "here" THEN Put([r EXCEPT !.place = "free"], "free") ELSE r
put_page(r) == Freed([Check(r, r.src, "NoBug") EXCEPT !.src = FALSE])

\* A movable page goes back to its driver, if that still owns it.
putback_movable_page(r) ==
  {LET l == Check(lock_page(s), s.driver \in Bit, "NoBug")
       b == IF s.driver = Yes THEN Put([l EXCEPT !.place = "others"], "driver") ELSE l
   IN put_page(unlock_page(b)) : s \in Ask(r, "driver", Bit)}

\* A hugetlb page that was migrated is freed, any other is active again.
putback_active_hugepage(r) ==
  LET s == [Check(r, r.src, "NoBug") EXCEPT !.src = FALSE]
  IN IF r.finished THEN Put([s EXCEPT !.place = "free"], "free")
                   ELSE Put([s EXCEPT !.place = "others"], "hugetlb")

------------------------------------------------------------------------------------
\* What migrate_pages() does with what an attempt came to.

Without(n) == SubSeq(list, 1, n - 1) \o SubSeq(list, n + 1, Len(list))
Entry(r) == [kind |-> KindOf(r), id |-> IF stray = <<>> THEN list[at].id ELSE stray[1].id]
\* A page that has left the list is missing there; a stray one has left it before.
Rest(r) ==
  CASE r.src -> [list EXCEPT ![at] = Entry(r)]
    [] ~r.src /\ stray # <<>> -> list
    [] OTHER -> Without(at)

\* A compound page takes along to the LRU what is in the pagevec.
Drained(place) == IF place = "pagevec" THEN "lru" ELSE place
Told(r, id) ==
  IF ~Places THEN where
  ELSE LET w == [where EXCEPT ![id] = r.now] IN
       IF "drained" \notin {r.now.page, r.now.new} THEN w
       ELSE [n \in DOMAIN w |->
               [page |-> IF w[n].page = "drained" THEN "lru" ELSE Drained(w[n].page),
                new |-> IF w[n].new = "drained" THEN "lru" ELSE Drained(w[n].new),
                migrated |-> w[n].migrated]]

\* C3, C4: of each attempt, as nothing of it lives on. And what became of the page.
Judged(r) ==
  Check(Check(r, ~r.new, "C3"),
        ~(r.locked \/ r.new_locked \/ r.anon_ref \/ r.entries \/ r.rwsem), "C4")
Became(r) ==
  [pages |-> became.pages,
   done |-> became.done + (IF r.finished THEN 1 ELSE 0),
   failed |-> became.failed + (IF ~r.finished /\ ~r.src /\ stray = <<>> THEN 1 ELSE 0),
   isolated |-> r.isolated]

Broken(r) == broken' = broken \cup r.broken

\* The run ends where the kernel would stop.
Stop(r, bug) ==
  /\ phase' = bug
  /\ Broken(Check(r, r.declared, "C2"))
  /\ about' = NotAsked /\ list' = <<>> /\ at' = 1 /\ stray' = <<>> /\ lru' = FALSE
  /\ became' = [became EXCEPT !.isolated = 0]
  /\ half' = <<>>
  /\ UNCHANGED <<semantics, counts, where>>

\* The run returns: the caller puts back what is left.
Putback(result, rest, now, what, r) ==
  LET c8 == IF result = "count"
            THEN what.failed = now.pages - now.done /\ what.succeeded = now.done
            ELSE what.failed = now.failed + (IF r.src THEN 1 ELSE 0) /\ what.succeeded = now.done
  IN
  /\ phase' = "putback"
  /\ Broken(Check(r, c8, "C8"))
  /\ list' = rest
  /\ about' = NotAsked /\ at' = 1 /\ stray' = <<>> /\ lru' = FALSE
  /\ became' = [pages |-> 0, done |-> 0, failed |-> 0, isolated |-> now.isolated]
  /\ counts' = IF Places THEN [what EXCEPT !.returns = result, !.pass = 0, !.retry = 0]
               ELSE [counts EXCEPT !.pass = 0, !.retry = 0, !.failed = 0, !.succeeded = 0]
  /\ half' = <<>>
  /\ UNCHANGED semantics

Poisoned(r) == [counts EXCEPT !.poisoned = @ + r.poisoned]

Ends(r, result) ==
  /\ Putback(result, Rest(r), Became(r), [counts EXCEPT !.failed = @ + 1], r)
  /\ where' = Told(r, Entry(r).id)

GoesOn(r, rest, n, what) ==
  /\ list' = rest /\ at' = n /\ counts' = what
  /\ stray' = <<>> /\ half' = <<>>
  /\ about' = AboutOf(r) /\ lru' = r.lru /\ became' = Became(r)
  /\ Broken(r)
  /\ where' = Told(r, Entry(r).id)
  /\ UNCHANGED <<semantics, phase>>

\* split_huge_page_to_list() of a page that is locked: what its result is in each case.
SplitBy(r) == UNION {
  IF s.writeback = Yes THEN {[s EXCEPT !.rc = "-EBUSY"]} ELSE UNION {
    LET rest(u) == {[v EXCEPT !.rc = IF v.src = (v.pins = Yes) THEN "-EBUSY" ELSE "0"]
                    : v \in extra_pins(u)}
        busy(u) == {[u EXCEPT !.rc = "-EBUSY"]}
    IN IF t.anon = Yes
       THEN UNION {IF u.anon_vma = No THEN busy(u) ELSE rest(u) : u \in page_get_anon_vma(t)}
       ELSE UNION {IF u.mapping = No THEN busy(u) ELSE rest(u) : u \in page_mapping(t)}
    : t \in PageAnon(s)} : s \in Ask(r, "writeback", Bit)}

Base(r) == [r EXCEPT !.thp = No, !.movable = No, !.ksm = No]

Split(r) == \E s \in SplitBy(lock_page(r)) :
  CASE s.rc # "0" -> Ends(unlock_page(s), "-EBUSY")
    [] s.rc = "0" /\ s.src ->
         LET head == Base(unlock_page(s))
             entry == Entry(head)
             tail == [entry EXCEPT !.id = IF Places THEN @ + K ELSE 0]
         IN /\ list' = Append([list EXCEPT ![at] = entry], tail)
            /\ about' = AboutOf(s)
            /\ became' = [became EXCEPT !.pages = @ + 1, !.isolated = s.isolated + 1]
            /\ Broken(head)
            /\ where' = IF Places
                        THEN [Told(s, entry.id) EXCEPT ![tail.id].page = "from_list"]
                        ELSE where
            /\ half' = <<>>
            /\ UNCHANGED <<semantics, phase, at, stray, counts, lru>>
    [] OTHER -> \E kept \in Kept(s) :
         IF ~kept[2] THEN Stop(kept[1], "freed-on-list")
         ELSE LET head == Base(unlock_page(kept[1]))
                  entry == Entry(head)
              IN /\ stray' = <<entry, head.beside>>
                 /\ list' = Rest(head)
                 /\ about' = AboutOf(s)
                 /\ became' = Became(head)
                 /\ Broken(head)
                 /\ lru' = s.lru
                 /\ half' = <<>>
                 /\ where' = IF Places
                             THEN [Told(s, entry.id) EXCEPT ![entry.id + K].page = "lru"]
                             ELSE where
                 /\ UNCHANGED <<semantics, phase, at, counts>>

NoMemoryOf(r) ==
  IF r.thp = Yes /\ r.huge # Yes THEN Split(r) ELSE Ends(r, "-ENOMEM")

NoMemory(r) ==
  IF r.src \/ r.huge = Yes
  THEN \E s \in IF r.huge = Yes THEN {Touches(r)} ELSE PageTransHuge(r) : NoMemoryOf(s)
  ELSE \E s \in PageTransHuge(r) : \E alive \in Alive(Touches(s)) :
         IF alive[2] THEN NoMemoryOf(alive[1]) ELSE Stop(alive[1], "use-after-put")

Decide(given) ==
  LET r == Judged(given) IN
  CASE r.rc = "-ENOMEM" -> NoMemory(r)
    [] r.rc = "-EAGAIN" /\ stray # <<>> ->
         Stop(r, IF stray[2] THEN "wrong-list" ELSE "list-head-as-page")
    [] r.rc = "-EAGAIN" /\ stray = <<>> ->
         GoesOn(r, Rest(r), at + 1, [counts EXCEPT !.retry = @ + 1])
    [] r.rc = "0" ->
         GoesOn(r, Rest(r), at, [Poisoned(r) EXCEPT !.succeeded = @ + 1])
    [] OTHER -> GoesOn(r, Rest(r), at, [counts EXCEPT !.failed = @ + 1])

------------------------------------------------------------------------------------
\* The first half ends: what nobody reads any more is forgotten. Who may split the page reads more.

Forgotten(r) ==
  IF r.rc = "-ENOMEM" THEN r
  ELSE [r EXCEPT !.count = Unasked, !.driver = Unasked, !.writeback = Unasked,
                 !.mapping = Unasked, !.mapped = Unasked, !.pins = Unasked,
                 !.in_swap = Unasked, !.anon_vma = Unasked]

Halfway(r, leaves) ==
  /\ half' = <<Forgotten(r), leaves>>
  /\ list' = IF stray = <<>> THEN [list EXCEPT ![at].kind = Untried] ELSE list
  /\ about' = AboutOf(r) /\ lru' = r.lru /\ became' = [became EXCEPT !.isolated = r.isolated]
  /\ UNCHANGED <<semantics, phase, at, stray, counts, broken, where>>

Out(r) == Halfway(r, TRUE)
Returned(r) == Halfway(r, FALSE)

------------------------------------------------------------------------------------
\* unmap_and_move(): the way out.

Reason(r) == \E s \in Ask(r, "reason", Bit) :  \* whether it is MR_MEMORY_FAILURE
  IF s.reason = No THEN Decide(s)
  ELSE \E poisoned \in {0, 1} :  \* set_hwpoison_free_buddy_page()
         Decide(IF Places THEN [s EXCEPT !.poisoned = poisoned] ELSE s)

\* After a failure, "pre" lets go of the new page last of all, and "post" has done so.
Last(r) == IF Pre /\ r.new THEN \E s \in put_new_page(r) : Decide(s) ELSE Decide(r)

Off(r) == Put(r, "nothing")

WayOut(r) ==
  CASE r.rc = "-EAGAIN" -> Last(r)
    [] r.rc # "-EAGAIN" /\ stray # <<>> -> Stop(r, "wrong-list")
    [] OTHER -> \E s \in PageMovable(Off(r)) :
         \E t \in IF s.movable = No THEN mod_node_page_state(s) ELSE {s} :
           CASE t.rc = "0" -> Reason(put_page(t))
             [] t.rc # "0" /\ t.movable = No -> Last(putback_lru_page(t))
             [] OTHER -> \E u \in putback_movable_page(t) : Last(u)

Unlock(r) == unlock_page(put_anon_vma(r))
OutUnlock(r) == Out(Unlock(r))

\* The way out of __unmap_and_move() with a new page.
OutPut(given) ==
  LET r == [given EXCEPT !.new_locked = FALSE] IN
  CASE Pre /\ r.rc = "0" -> \E s \in let_go_of_new_page(Unlock(r)) : Out(s)
    [] Pre /\ r.rc # "0" -> OutUnlock(r)
    [] ~Pre /\ r.rc = "0" -> \E s \in let_go_of_new_page(r) : OutUnlock(s)
    [] OTHER -> \E s \in put_new_page(r) : OutUnlock(s)

------------------------------------------------------------------------------------
\* __unmap_and_move(), and in "post" the half of it that became unmap_and_move()'s.

Move(r) == \E s \in move_to_new_page(r) : OutPut(remove_migration_ptes(s))

MoveUnmapped(r) == IF r.mapped = No THEN Move(r) ELSE OutPut(remove_migration_ptes(r))

\* A stray page that nothing maps any more may be gone.
Unmap(r) == \E s \in try_to_unmap(r) :
  IF stray = <<>> THEN MoveUnmapped(s)
  ELSE \E alive \in Alive(Touches(s)) :
         IF alive[2] THEN MoveUnmapped(alive[1]) ELSE Stop(alive[1], "use-after-put")

Mapped(r) == \E s \in page_mapped(r) :
  IF s.mapped = Yes THEN Unmap(Check(s, ~NoAnonVma(s), "NoBug")) ELSE Move(s)

Mapping(r) == \E s \in page_mapping(r) :
  IF s.mapping = Yes THEN Mapped(s)
  ELSE \E private \in Bit :  \* page_has_private()
         LET t == Check(s, s.anon # Yes, "NoBug")
         IN IF private = Yes THEN OutPut(t) ELSE Mapped(t)

TryLockNew(r) ==
  \/ OutPut(r)
  \/ LET s == [r EXCEPT !.new_locked = TRUE] IN IF s.movable = Yes THEN Move(s) ELSE Mapping(s)

AnonVma(r) ==
  IF r.anon = No \/ r.ksm = Yes THEN {r}
  ELSE {[s EXCEPT !.anon_ref = s.anon_vma = Yes] : s \in page_get_anon_vma(r)}

Prepare(r) ==
  \E s \in PageMovable(r) : \E t \in PageAnon(s) :
  \E u \in IF t.anon = Yes THEN PageKsm(t) ELSE {t} : \E v \in AnonVma(u) :
    IF Pre THEN TryLockNew(v) ELSE OutUnlock(NoNew(v)) \/ TryLockNew(GotNew(v))

Locked(r) == \E s \in Ask(lock_page(r), "writeback", Bit) :
  IF s.writeback = No THEN Prepare(s)
  ELSE \E t \in Ask(s, "mode", Modes) :
         CASE t.mode # "SYNC" -> OutUnlock([t EXCEPT !.rc = "-EBUSY"])
           [] t.mode = "SYNC" /\ ~Force -> OutUnlock(t)
           [] OTHER -> Prepare([t EXCEPT !.writeback = No])

\* Where a busy source page is left alone.
Busy(r) == IF Pre THEN Out(r) ELSE Returned(r)

\* trylock_page() of the source page.
TryLock(r) ==
  \/ Locked(r)
  \/ IF ~Force THEN Busy(r)
     ELSE \E s \in Ask(r, "mode", Modes) :
            IF s.mode = "ASYNC" THEN Busy(s)
            ELSE \E t \in Ask(s, "memalloc", Bit) :
                   IF t.memalloc = Yes THEN Busy(t) ELSE Locked(t)

First(r) ==
  IF ~Pre THEN TryLock(r)
  ELSE Returned(NoNew(r)) \/ \E s \in PageMovable(GotNew(r)) : TryLock(s)

Freeing(r) == \E s \in PageMovable(r) :
  LET done == [s EXCEPT !.rc = "0", !.finished = TRUE]
  IN IF s.movable = No THEN Out(done)
     ELSE \E t \in Ask(lock_page(done), "driver", Bit) : Out(unlock_page(t))

Count(r) == \E s \in page_count(r) :
  IF s.count = "1" THEN Freeing(s) ELSE First([s EXCEPT !.rc = "-EAGAIN"])

UnmapAndMove(r) == \E s \in Ask(Touches(r), "thp_supported", Bit) :
  IF s.thp_supported = Yes THEN Count(s)
  ELSE \E t \in PageTransHuge(s) :
         IF t.thp = Yes THEN Returned([t EXCEPT !.rc = "-ENOMEM"]) ELSE Count(t)

------------------------------------------------------------------------------------
\* unmap_and_move_huge_page().

HugeOut(r) ==
  LET s == IF r.rc = "-EAGAIN" THEN r ELSE putback_active_hugepage(r)
  IN IF r.finished
     THEN Returned(PutNew([Check(s, s.new, "C3") EXCEPT !.new = FALSE], "hugetlb"))
     ELSE \E t \in put_new_page(s) : Returned(t)

HugeUnlock(r) == HugeOut(unlock_page(r))
HugePutAnon(r) == HugeUnlock(put_anon_vma([r EXCEPT !.new_locked = FALSE]))

HugeMoved(r) ==
  LET s == remove_migration_ptes(r)
  IN HugePutAnon(IF r.entries THEN [Check(s, s.rwsem, "NoBug") EXCEPT !.rwsem = FALSE] ELSE s)

HugeMove(r) ==
  IF r.mapped = No THEN \E s \in move_to_new_page(r) : HugeMoved(s) ELSE HugeMoved(r)

HugeMapped(r) == \E s \in page_mapped(r) :
  IF s.mapped = No THEN HugeMove(s)
  ELSE \/ HugePutAnon(s)  \* hugetlb_page_mapping_lock_write() gives NULL
       \/ \E t \in try_to_unmap([s EXCEPT !.rwsem = TRUE]) : HugeMove(t)

HugeAnon(r) == \E s \in PageAnon(r) :
  \E t \in IF s.anon = No THEN {s}
           ELSE {[u EXCEPT !.anon_ref = u.anon_vma = Yes] : u \in page_get_anon_vma(s)} :
    HugePutAnon(t) \/ HugeMapped([t EXCEPT !.new_locked = TRUE])

HugeLocked(r) ==
  \E subpool \in Bit :  \* page_private()
    IF subpool = No THEN HugeAnon(r)
    ELSE HugeAnon(r) \/ HugeUnlock([r EXCEPT !.rc = "-EBUSY"])  \* page_mapping() gives NULL

HugeTryLock(r) ==
  \/ HugeLocked(lock_page(r))
  \/ IF ~Force THEN HugeOut(r)
     ELSE \E s \in Ask(r, "mode", Modes) :
            IF s.mode = "SYNC" THEN HugeLocked(lock_page(s)) ELSE HugeOut(s)

UnmapAndMoveHugePage(given, tried) ==
  LET r == [given EXCEPT !.rc = "-EAGAIN"] IN
  \/ /\ ~tried  \* hugepage_migration_supported(): whoever was tried before is supported
     /\ Returned(putback_active_hugepage([r EXCEPT !.rc = "-ENOSYS"]))
  \/ Returned(NoNew(r))
  \/ HugeTryLock(GotNew(r))

------------------------------------------------------------------------------------
\* migrate_pages().

Try ==
  /\ phase = "passes" /\ half = <<>> /\ stray = <<>> /\ at <= Len(list)
  /\ \E r \in PageHuge(Take(list[at].kind)) :
       LET s == IF Places THEN [r EXCEPT !.now = where[list[at].id]] ELSE r
       IN IF s.huge = Yes THEN UnmapAndMoveHugePage(s, list[at].kind.huge # Unasked)
                          ELSE UnmapAndMove(s)

\* The page that the walk goes on with is on the LRU, and only others keep it.
TryStray ==
  /\ phase = "passes" /\ half = <<>> /\ stray # <<>>
  /\ LET t == [Take(stray[1].kind) EXCEPT !.src = FALSE, !.place = "lru", !.declared = TRUE]
         r == IF Places THEN [t EXCEPT !.now = where[stray[1].id]] ELSE t
     IN \E alive \in Alive(Touches(r)) :
          IF alive[2] THEN UnmapAndMove(alive[1]) ELSE Stop(alive[1], "use-after-put")

SecondHalf ==
  /\ half # <<>>
  /\ IF half[2] THEN WayOut(half[1]) ELSE Decide(half[1])

EndPass ==
  /\ phase = "passes" /\ half = <<>> /\ stray = <<>> /\ at > Len(list)
  /\ IF counts.pass < Passes /\ counts.retry > 0
     THEN /\ counts' = [counts EXCEPT !.pass = @ + 1, !.retry = 0]
          /\ at' = 1
          /\ UNCHANGED <<semantics, phase, about, list, half, stray, lru, became, broken, where>>
     ELSE /\ Putback("count", list, became, [counts EXCEPT !.failed = @ + counts.retry],
                     [src |-> FALSE, broken |-> {}])
          /\ UNCHANGED where

\* putback_movable_pages(), page by page.
PutBack ==
  /\ phase = "putback"
  /\ IF list = <<>>
     THEN /\ phase' = "over"
          /\ broken' = IF became.isolated = 0 THEN broken ELSE broken \cup {"C5"}
          /\ UNCHANGED <<semantics, about, list, at, half, stray, counts, lru, became, where>>
     ELSE \E h \in PageHuge(Take(list[1].kind)) :
       LET r == IF Places THEN [h EXCEPT !.now = where[list[1].id]] ELSE h IN
       \E s \in IF r.huge = Yes THEN {putback_active_hugepage(r)}
                ELSE UNION {IF t.movable = Yes THEN putback_movable_page(t)
                            ELSE {putback_lru_page(u) : u \in mod_node_page_state(t)}
                            : t \in PageMovable(Off(r))} :
         /\ list' = Tail(list)
         /\ became' = [became EXCEPT !.isolated = s.isolated]
         /\ Broken(Check(s, ~s.src /\ ~s.locked, "C4"))
         /\ where' = Told(s, list[1].id)
         /\ UNCHANGED <<semantics, phase, about, at, half, stray, counts, lru>>

Tell ==
  /\ Places
  /\ phase \notin {"passes", "putback", "told"}
  /\ phase' = "told"
  /\ PrintT(ToString(<<"outcome", semantics, phase, counts.returns, counts.failed,
                       counts.succeeded, counts.poisoned,
                       [n \in DOMAIN where |-> <<where[n].page, where[n].new,
                                                 where[n].migrated>>]>>))
  /\ UNCHANGED <<semantics, about, list, at, half, stray, counts, lru, became, broken, where>>

Absent == [page |-> "absent", new |-> "absent", migrated |-> FALSE]

Init ==
  /\ semantics \in {"pre", "post"}
  /\ phase = "passes"
  /\ about = NotAsked
  /\ list = [n \in 1..K |-> [kind |-> Untried, id |-> IF Places THEN n ELSE 0]]
  /\ at = 1
  /\ half = <<>>
  /\ stray = <<>>
  /\ counts = [pass |-> 1, retry |-> 0, failed |-> 0, succeeded |-> 0, poisoned |-> 0,
               returns |-> "?"]
  /\ lru = FALSE
  /\ became = [pages |-> K, done |-> 0, failed |-> 0, isolated |-> K]
  /\ broken = {}
  /\ where = IF Places
             THEN [n \in 1..2 * K |-> IF n <= K THEN [Absent EXCEPT !.page = "from_list"]
                                      ELSE Absent]
             ELSE <<>>

Next == Try \/ TryStray \/ SecondHalf \/ EndPass \/ PutBack \/ Tell

Spec == Init /\ [][Next]_vars

------------------------------------------------------------------------------------
\* The contracts.

\* C2: after -ENOMEM nobody but an owner touches or splits a page, but for what is declared.
C2 == "C2" \notin broken

\* C3: every page that is gotten carries the data or goes back.
C3 == "C3" \notin broken

\* C4: no page lock and no reference outlives an attempt.
C4 == "C4" \notin broken

\* C5: NR_ISOLATED is back after the putback.
C5 == "C5" \notin broken

\* C8: the return code and PGMIGRATE_FAIL agree with what was not migrated.
C8 == "C8" \notin broken

\* What the kernel's own debug options would stop on.
NoBug == "NoBug" \notin broken
====================================================================================
