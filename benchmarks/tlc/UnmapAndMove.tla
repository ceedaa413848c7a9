\* SPDX-License-Identifier: GPL-2.0-only
------------------------------ MODULE UnmapAndMove ------------------------------
(*
  unmap_and_move() of mm/migrate.c, Linux 5.8, without and with "mm/migrate: Defer allocating new
  page until needed": the choices, rules and laws of errpath's model, for TLC.

  A pair of runs: first "pre", then "post" with the same answers. What "pre" did not ask is asked
  when "post" asks it. One step is one question and what the code does until the next one. Each
  run is judged by the laws as it goes and at its return; then the two are compared. Their order
  of calls is not: a state does not remember it.

  With History, each answer and each call is written down, and printed at the end of a pair.
*)
EXTENDS Integers, Sequences, TLC

CONSTANT History

VARIABLES
  semantics, \* "pre", "post", and "done" after both
  at,        \* the question that is asked next, or where the run returns
  env,       \* what the environment answered: the same to both runs
  run,       \* the run: its return code, what it holds, what it called, what it broke
  old        \* how "pre" ended

vars == <<semantics, at, env, run, old>>

Modes == {"MIGRATE_ASYNC", "MIGRATE_SYNC_LIGHT", "MIGRATE_SYNC", "MIGRATE_SYNC_NO_COPY"}
Reasons == {"MR_COMPACTION", "MR_MEMORY_FAILURE", "MR_MEMORY_HOTPLUG", "MR_SYSCALL",
            "MR_MEMPOLICY_MBIND", "MR_NUMA_MISPLACED", "MR_CONTIG_RANGE"}
MoveResults == {"0", "-EAGAIN", "-EBUSY", "-ENOMEM", "-EIO", "-EINVAL"}

Questions == {
  "thp_migration_supported()", "PageTransHuge(src)", "page_count(src)", "__PageMovable(src)",
  "PageMovable(src)", "trylock_page(src)", "force", "mode", "PF_MEMALLOC", "PageWriteback(src)",
  "PageAnon(src)", "PageKsm(src)", "page_get_anon_vma(src)", "get_new_page(src)",
  "trylock_page(dst)", "src->mapping", "page_has_private(src)", "page_mapped(src)",
  "try_to_unmap(src)", "move_to_new_page(dst, src)", "reason",
  "set_hwpoison_free_buddy_page(src)", "put_new_page"}

Unasked == "unasked"

------------------------------------------------------------------------------------
\* The ledger and the calls. A call that may not be made adds to what the run broke.

Start == [
  rc |-> "0",
  held |-> {"page_ref(src)", "from_list(src)", "NR_ISOLATED(src)"},
  src |-> "from_list", dst |-> "absent", unmapped |-> FALSE, carries |-> FALSE,
  called |-> {}, broken |-> {}, history |-> <<>>]

Check(r, ok, law) == IF ok THEN r ELSE [r EXCEPT !.broken = @ \cup {law}]

Call(r, call) ==
  LET c == [r EXCEPT !.called = @ \cup {call}]
  IN IF History THEN [c EXCEPT !.history = Append(@, call)] ELSE c

\* A call with a result: what was called, whatever came of it.
Result(r, call, value) ==
  LET c == [r EXCEPT !.called = @ \cup {call}]
  IN IF History THEN [c EXCEPT !.history = Append(@, call \o " = " \o value)] ELSE c

Live(r) == Check(r, "page_ref(src)" \in r.held, "touched after put")
LiveNew(r) == Check(r, "page_ref(dst)" \in r.held, "touched after put")
Locked(r, lock) == Check(r, lock \in r.held, "called without the lock")
Take(r, item) == [Check(r, item \notin r.held, "taken twice") EXCEPT !.held = @ \cup {item}]
GiveUp(r, item) == [Check(r, item \in r.held, "given up unheld") EXCEPT !.held = @ \ {item}]

lock_page(r) == Call(Take(Live(r), "PG_locked(src)"), "lock_page(src)")
unlock_page(r) == Call(GiveUp(Live(r), "PG_locked(src)"), "unlock_page(src)")
unlock_new_page(r) == Call(GiveUp(LiveNew(r), "PG_locked(dst)"), "unlock_page(dst)")

list_del(r) ==
  Call([GiveUp(Live(r), "from_list(src)") EXCEPT !.src = "nothing"], "list_del(src)")

mod_node_page_state(r) ==
  LET c5 == "list_del(src)" \in r.called /\ "putback_lru_page(src)" \notin r.called
            /\ "mod_node_page_state(src)" \notin r.called
  IN Call(GiveUp(Check(Live(r), c5, "C5"), "NR_ISOLATED(src)"), "mod_node_page_state(src)")

Freed(place) == IF place = "nothing" THEN "free" ELSE place

put_page(r) ==
  Call([GiveUp(Live(r), "page_ref(src)") EXCEPT !.src = Freed(@)], "put_page(src)")

putback_lru_page(r) ==
  Call([GiveUp(Live(r), "page_ref(src)") EXCEPT !.src = "lru"], "putback_lru_page(src)")

putback_movable_page(r) ==
  Call([Locked(Live(r), "PG_locked(src)") EXCEPT !.src = "driver"], "putback_movable_page(src)")

ClearPageIsolated(r) == Call(Locked(Live(r), "PG_locked(src)"), "__ClearPageIsolated(src)")
ClearFlags(r) == Call(Call(Live(r), "ClearPageActive(src)"), "ClearPageUnevictable(src)")
try_to_free_buffers(r) == Call(Locked(Live(r), "PG_locked(src)"), "try_to_free_buffers(src)")
wait_on_page_writeback(r) == Call(Live(r), "wait_on_page_writeback(src)")

put_anon_vma(r) ==
  IF "anon_vma_ref(anon_vma)" \in r.held
  THEN Call(GiveUp(r, "anon_vma_ref(anon_vma)"), "put_anon_vma(anon_vma)")
  ELSE r

set_page_owner_migrate_reason(r) == Call(r, "set_page_owner_migrate_reason(dst)")

\* The new page has one fate: each way to let go of it has its own condition.
Movable == env["__PageMovable(src)"] = "1"

drop_new_page(r, right) ==
  Call([GiveUp(Check(r, right, "new_page"), "page_ref(dst)") EXCEPT !.dst = Freed(@)],
       "put_page(dst)")

putback_new_page(r, right) ==
  Call([GiveUp(Check(r, right, "new_page"), "page_ref(dst)") EXCEPT !.dst = "lru"],
       "putback_lru_page(dst)")

put_new_page(r, right) ==
  LET c10 == "PG_locked(dst)" \notin r.held
  IN Call([GiveUp(Check(Check(r, right, "new_page"), c10, "C10"), "page_ref(dst)")
           EXCEPT !.dst = "caller"], "put_new_page(dst)")

remove_migration_ptes(r) ==
  LET gone == GiveUp(LiveNew(Live(r)), "migration_entries(src)")
  IN IF r.rc = "0"
     THEN Call(gone, "remove_migration_ptes(src, dst)")
     ELSE Call([gone EXCEPT !.unmapped = FALSE], "remove_migration_ptes(src, src)")

------------------------------------------------------------------------------------
\* Questions. A question that was answered, by this run or by the one before, keeps its answer.

Answers(question, possible) ==
  IF env[question] = Unasked THEN possible ELSE {env[question]}

Ask(question, value) == env' = [env EXCEPT ![question] = value]

\* A question with the run as it is then.
Told(r, question, value) ==
  LET entry == question \o ": " \o value
  IN IF History /\ \A n \in 1..Len(r.history) : r.history[n] # entry
     THEN [r EXCEPT !.history = Append(@, entry)]
     ELSE r

Goto(place, r) == at' = place /\ run' = r /\ UNCHANGED <<semantics, old>>

IsMovable(r, value) ==
  IF value = "1" THEN [Live(r) EXCEPT !.held = @ \ {"NR_ISOLATED(src)"}] ELSE Live(r)

------------------------------------------------------------------------------------
\* What both have: the way in and the way out.

ThpSupported ==
  /\ at = "thp_migration_supported()"
  /\ \E v \in Answers(at, {"1", "0"}) :
       /\ Ask(at, v)
       /\ Goto(IF v = "1" THEN "page_count(src)" ELSE "PageTransHuge(src)", Told(run, at, v))

TransHuge ==
  /\ at = "PageTransHuge(src)"
  /\ \E v \in Answers(at, {"0", "1"}) :
       LET r == Told(Live(run), at, v) IN
       /\ Ask(at, v)
       /\ IF v = "1"
          THEN Goto("return", [r EXCEPT !.rc = "-ENOMEM"])
          ELSE Goto("page_count(src)", r)

First == IF semantics = "pre" THEN "get_new_page(src)" ELSE "trylock_page(src)"

Count ==
  /\ at = "page_count(src)"
  /\ \E v \in Answers(at, {"2", "1"}) :
       LET r == Told(Live(run), at, v) IN
       /\ Ask(at, v)
       /\ IF v = "1"
          THEN Goto("freed", ClearFlags(r))
          ELSE Goto(First, [r EXCEPT !.rc = "-EAGAIN"])

Freeing ==
  /\ at = "freed"
  /\ \E v \in Answers("__PageMovable(src)", {"0", "1"}) :
       LET r == IsMovable(Told(run, "__PageMovable(src)", v), v) IN
       /\ Ask("__PageMovable(src)", v)
       /\ IF v = "1" THEN Goto("freed, owned?", lock_page(r)) ELSE Goto("out", r)

FreedOwned ==
  /\ at = "freed, owned?"
  /\ \E v \in Answers("PageMovable(src)", {"1", "0"}) :
       LET r == Told(Locked(Live(run), "PG_locked(src)"), "PageMovable(src)", v) IN
       /\ Ask("PageMovable(src)", v)
       /\ Goto("out", unlock_page(IF v = "1" THEN r ELSE ClearPageIsolated(r)))

\* After a failure, "pre" lets go of the new page last of all, and "post" has done so.
Failed(r) == IF semantics = "pre" THEN Goto("put_new_page", r) ELSE Goto("return", r)

Out ==
  /\ at = "out"
  /\ IF run.rc = "-EAGAIN"
     THEN Failed(run) /\ UNCHANGED env
     ELSE \E v \in Answers("__PageMovable(src)", {"0", "1"}) :
       LET
         off == list_del(run)
         asked == IsMovable(Told(off, "__PageMovable(src)", v), v)
         r == IF v = "1" THEN asked ELSE mod_node_page_state(asked)
       IN
       /\ Ask("__PageMovable(src)", v)
       /\ CASE r.rc = "0" -> Goto("reason", put_page(r))
            [] r.rc # "0" /\ v = "0" -> Failed(putback_lru_page(r))
            [] OTHER -> Goto("out, owned?", lock_page(r))

OutOwned ==
  /\ at = "out, owned?"
  /\ \E v \in Answers("PageMovable(src)", {"1", "0"}) :
       LET
         r == Told(Locked(Live(run), "PG_locked(src)"), "PageMovable(src)", v)
         back == IF v = "1" THEN putback_movable_page(r) ELSE ClearPageIsolated(r)
       IN
       /\ Ask("PageMovable(src)", v)
       /\ Failed(put_page(unlock_page(back)))

Reason ==
  /\ at = "reason"
  /\ \E v \in Answers(at, Reasons) :
       /\ Ask(at, v)
       /\ Goto(IF v = "MR_MEMORY_FAILURE" THEN "set_hwpoison_free_buddy_page(src)" ELSE "return",
               Told(run, at, v))

HwPoison ==
  /\ at = "set_hwpoison_free_buddy_page(src)"
  /\ \E v \in Answers(at, {"true", "false"}) :
       LET r == Result(Told(run, at, v), at, v) IN
       /\ Ask(at, v)
       /\ Goto("return", IF v = "true" THEN Call(r, "num_poisoned_pages_inc()") ELSE r)

PutNewPage ==
  /\ at = "put_new_page"
  /\ \E v \in Answers(at, {"given", "NULL"}) :
       LET
         r == Told(run, at, v)
         let_go == IF v = "given"
                   THEN put_new_page(r, ~r.carries)
                   ELSE drop_new_page(r, ~r.carries)
       IN
       /\ Ask(at, v)
       /\ IF semantics = "pre"
          THEN Goto("return", let_go)
          ELSE Goto("out", unlock_page(put_anon_vma(let_go)))

------------------------------------------------------------------------------------
\* __unmap_and_move(), and in "post" the half of it that became unmap_and_move()'s. The two
\* differ in when they allocate, and in where a failure goes.

Pre == semantics = "pre"

GetNewPage ==
  /\ at = "get_new_page(src)"
  /\ \E v \in Answers(at, {"dst", "NULL"}) :
       LET
         c6 == ("PG_locked(src)" \in run.held) = (semantics = "post")
         r == Result(Told(Check(Live(run), c6, "C6"), at, v), at, v)
         got == [Take(r, "page_ref(dst)") EXCEPT !.dst = "nothing"]
         none == [r EXCEPT !.rc = "-ENOMEM"]
       IN
       /\ Ask(at, v)
       /\ CASE v = "dst" /\ Pre -> Goto("is_lru", got)
            [] v = "dst" /\ ~Pre -> Goto("trylock_page(dst)", got)
            [] v = "NULL" /\ Pre -> Goto("return", none)
            [] OTHER -> Goto("out", unlock_page(put_anon_vma(none)))

IsLru ==
  /\ at = "is_lru"
  /\ \E v \in Answers("__PageMovable(src)", {"0", "1"}) :
       /\ Ask("__PageMovable(src)", v)
       /\ Goto(IF Pre THEN "trylock_page(src)" ELSE "PageAnon(src)",
               IsMovable(Told(run, "__PageMovable(src)", v), v))

\* Where a busy source page is left alone.
Busy(r) == IF Pre THEN Goto("out", r) ELSE Goto("return", r)

TryLock ==
  /\ at = "trylock_page(src)"
  /\ \E v \in Answers(at, {"1", "0"}) :
       LET r == Result(Told(Live(run), at, v), at, v) IN
       /\ Ask(at, v)
       /\ IF v = "1"
          THEN Goto("PageWriteback(src)", Take(r, "PG_locked(src)"))
          ELSE Goto("busy, force?", r)

BusyForce ==
  /\ at = "busy, force?"
  /\ \E v \in Answers("force", {"no", "yes"}) :
       LET r == Told(run, "force", v) IN
       /\ Ask("force", v)
       /\ IF v = "no" THEN Busy(r) ELSE Goto("busy, mode?", r)

BusyMode ==
  /\ at = "busy, mode?"
  /\ \E v \in Answers("mode", Modes) :
       LET r == Told(run, "mode", v) IN
       /\ Ask("mode", v)
       /\ IF v = "MIGRATE_ASYNC" THEN Busy(r) ELSE Goto("PF_MEMALLOC", r)

Memalloc ==
  /\ at = "PF_MEMALLOC"
  /\ \E v \in Answers(at, {"clear", "set"}) :
       LET r == Told(run, at, v) IN
       /\ Ask(at, v)
       /\ IF v = "set" THEN Busy(r) ELSE Goto("PageWriteback(src)", lock_page(r))

Ready == IF Pre THEN "PageAnon(src)" ELSE "is_lru"
OutUnlock(r) == Goto("out", unlock_page(put_anon_vma(r)))

Writeback ==
  /\ at = "PageWriteback(src)"
  /\ \E v \in Answers(at, {"0", "1"}) :
       /\ Ask(at, v)
       /\ Goto(IF v = "1" THEN "writeback, mode?" ELSE Ready, Told(Live(run), at, v))

WritebackMode ==
  /\ at = "writeback, mode?"
  /\ \E v \in Answers("mode", Modes) :
       LET r == Told(run, "mode", v) IN
       /\ Ask("mode", v)
       /\ IF v \in {"MIGRATE_SYNC", "MIGRATE_SYNC_NO_COPY"}
          THEN Goto("writeback, force?", r)
          ELSE OutUnlock([r EXCEPT !.rc = "-EBUSY"])

WritebackForce ==
  /\ at = "writeback, force?"
  /\ \E v \in Answers("force", {"no", "yes"}) :
       LET r == Told(run, "force", v) IN
       /\ Ask("force", v)
       /\ IF v = "no" THEN OutUnlock(r) ELSE Goto(Ready, wait_on_page_writeback(r))

Allocate == IF Pre THEN "trylock_page(dst)" ELSE "get_new_page(src)"

\* A movable page that is not on the LRU is not anonymous.
Anon ==
  /\ at = "PageAnon(src)"
  /\ \E v \in Answers(at, IF Movable THEN {"0"} ELSE {"0", "1"}) :
       /\ Ask(at, v)
       /\ Goto(IF v = "1" THEN "PageKsm(src)" ELSE Allocate, Told(Live(run), at, v))

Ksm ==
  /\ at = "PageKsm(src)"
  /\ \E v \in Answers(at, {"0", "1"}) :
       /\ Ask(at, v)
       /\ Goto(IF v = "1" THEN Allocate ELSE "page_get_anon_vma(src)", Told(Live(run), at, v))

GetAnonVma ==
  /\ at = "page_get_anon_vma(src)"
  /\ \E v \in Answers(at, {"anon_vma", "NULL"}) :
       LET r == Result(Told(Live(run), at, v), at, v) IN
       /\ Ask(at, v)
       /\ Goto(Allocate, IF v = "NULL" THEN r ELSE Take(r, "anon_vma_ref(anon_vma)"))

\* The way out of __unmap_and_move() with a new page.
OutPut(r) ==
  CASE Pre ->
         LET u == unlock_page(put_anon_vma(r)) IN
         IF r.rc # "0" THEN Goto("out", u)
         ELSE Goto("out", set_page_owner_migrate_reason(
                IF Movable THEN drop_new_page(u, u.carries /\ Movable)
                           ELSE putback_new_page(u, u.carries /\ ~Movable)))
    [] ~Pre /\ r.rc # "0" -> Goto("put_new_page", r)
    [] OTHER ->
         LET u == set_page_owner_migrate_reason(r) IN
         Goto("out", unlock_page(put_anon_vma(
                IF Movable THEN drop_new_page(u, u.carries /\ Movable)
                           ELSE putback_new_page(u, u.carries /\ ~Movable))))

TryLockNew ==
  /\ at = "trylock_page(dst)"
  /\ \E v \in Answers(at, {"1", "0"}) :
       LET r == Result(Told(LiveNew(run), at, v), at, v) IN
       /\ Ask(at, v)
       /\ CASE v = "0" -> OutPut(r)
            [] v = "1" /\ Movable ->
                 Goto("move_to_new_page(dst, src)", Take(r, "PG_locked(dst)"))
            [] OTHER -> Goto("src->mapping", Take(r, "PG_locked(dst)"))

\* An anonymous page has a mapping.
Mapping ==
  /\ at = "src->mapping"
  /\ \E v \in Answers(at, IF env["PageAnon(src)"] = "1" THEN {"set"} ELSE {"set", "NULL"}) :
       LET
         bug == v = "NULL" /\ env["PageAnon(src)"] = "1"
         r == Told(Check(Live(run), ~bug, "VM_BUG_ON_PAGE"), at, v)
       IN
       /\ Ask(at, v)
       /\ Goto(IF v = "NULL" THEN "page_has_private(src)" ELSE "page_mapped(src)", r)

Private ==
  /\ at = "page_has_private(src)"
  /\ \E v \in Answers(at, {"0", "1"}) :
       LET r == Told(Live(run), at, v) IN
       /\ Ask(at, v)
       /\ IF v = "1"
          THEN OutPut(unlock_new_page(try_to_free_buffers(r)))
          ELSE Goto("page_mapped(src)", r)

\* Nothing maps a page without a mapping, nor an anonymous one whose anon_vma is gone.
Unmappable == env["src->mapping"] = "NULL" \/ env["page_get_anon_vma(src)"] = "NULL"

Mapped ==
  /\ at = "page_mapped(src)"
  /\ \E v \in Answers(at, IF Unmappable THEN {"0"} ELSE {"1", "0"}) :
       LET
         bug == v = "1" /\ env["PageKsm(src)"] = "0" /\ env["page_get_anon_vma(src)"] = "NULL"
         r == Told(Check(Live(run), ~bug, "VM_BUG_ON_PAGE"), at, v)
       IN
       /\ Ask(at, v)
       /\ IF v = "1"
          THEN Goto("try_to_unmap(src)", r)
          ELSE Goto("move_to_new_page(dst, src)", [r EXCEPT !.unmapped = TRUE])

TryToUnmap ==
  /\ at = "try_to_unmap(src)"
  /\ \E v \in Answers(at, {"true", "false"}) :
       LET
         c7 == env["PageWriteback(src)"] = "0" \/ "wait_on_page_writeback(src)" \in run.called
         r == Take(Result(Told(Check(Locked(Live(run), "PG_locked(src)"), c7, "C7"), at, v), at, v),
                   "migration_entries(src)")
       IN
       /\ Ask(at, v)
       /\ IF v = "true"
          THEN Goto("move_to_new_page(dst, src)", [r EXCEPT !.unmapped = TRUE])
          ELSE OutPut(unlock_new_page(remove_migration_ptes(r)))

MoveToNewPage ==
  /\ at = "move_to_new_page(dst, src)"
  /\ \E v \in Answers(at, MoveResults) :
       LET
         locked == Locked(Locked(LiveNew(Live(run)), "PG_locked(src)"), "PG_locked(dst)")
         r == [Result(Told(locked, at, v), at, v)
               EXCEPT !.rc = v,
                      !.dst = IF v = "0" /\ Movable THEN "driver" ELSE @,
                      !.carries = v = "0",
                      !.unmapped = @ \/ v = "0"]
         moved == IF "try_to_unmap(src)" \in r.called THEN remove_migration_ptes(r) ELSE r
       IN
       /\ Ask(at, v)
       /\ OutPut(unlock_new_page(moved))

------------------------------------------------------------------------------------
Return ==
  /\ at = "return"
  /\ at' = "thp_migration_supported()"
  /\ UNCHANGED env
  /\ \/ /\ semantics = "pre"
        /\ semantics' = "post"
        /\ old' = run
        /\ run' = Start
     \/ /\ semantics = "post"
        /\ semantics' = "done"
        /\ UNCHANGED <<old, run>>
        /\ History => PrintT(ToString(<<"pair", old.history, old.rc, run.history, run.rc>>))

Init ==
  /\ semantics = "pre"
  /\ at = "thp_migration_supported()"
  /\ env = [question \in Questions |-> Unasked]
  /\ run = Start
  /\ old = Start

Next ==
  /\ semantics # "done"
  /\ \/ ThpSupported \/ TransHuge \/ Count \/ Freeing \/ FreedOwned
     \/ GetNewPage \/ IsLru \/ TryLock \/ BusyForce \/ BusyMode \/ Memalloc
     \/ Writeback \/ WritebackMode \/ WritebackForce \/ Anon \/ Ksm \/ GetAnonVma
     \/ TryLockNew \/ Mapping \/ Private \/ Mapped \/ TryToUnmap \/ MoveToNewPage
     \/ Out \/ OutOwned \/ Reason \/ HwPoison \/ PutNewPage \/ Return

Spec == Init /\ [][Next]_vars

------------------------------------------------------------------------------------
\* The laws.

Returned == at = "return"
Called(call) == call \in run.called
Held(item) == item \in run.held

NoMemory == Called("get_new_page(src)") /\ env["get_new_page(src)"] = "NULL"
NoMemoryOfMove ==
  Called("move_to_new_page(dst, src)") /\ env["move_to_new_page(dst, src)"] = "-ENOMEM"
Declared == NoMemoryOfMove \/ (semantics = "post" /\ NoMemory)

Owned == Held("page_ref(src)") /\ Held("from_list(src)") /\ (Held("NR_ISOLATED(src)") \/ Movable)
Disowned == run.held \cap {"page_ref(src)", "from_list(src)", "NR_ISOLATED(src)"} = {}

\* C1: who owns the source page after a return code, and what is declared.
C1 == Returned =>
  (IF run.rc \in {"-EAGAIN", "-ENOMEM"} THEN Owned ELSE Disowned) = ~Declared

\* C2: after -ENOMEM nobody but an owner touches the page, and what is declared.
C2 == (Returned /\ run.rc = "-ENOMEM") =>
  Declared = (run.called \cap {"list_del(src)", "putback_lru_page(src)",
                               "putback_movable_page(src)", "put_page(src)"} # {})

\* C3: every page that is gotten carries the data or goes back.
C3 ==
  /\ "new_page" \notin run.broken
  /\ (Returned /\ Called("get_new_page(src)")) =>
       /\ run.carries = (run.rc = "0")
       /\ env["get_new_page(src)"] = "dst" =>
            run.called \cap {"put_new_page(dst)", "put_page(dst)", "putback_lru_page(dst)"} # {}

\* C4: no page lock and no reference outlives the call.
C4 == Returned =>
  run.held \cap {"PG_locked(src)", "PG_locked(dst)", "anon_vma_ref(anon_vma)",
                 "page_ref(dst)"} = {}

\* C5: NR_ISOLATED is touched once for a page that leaves the list.
C5 == "C5" \notin run.broken

\* C6: nothing that may reclaim runs with the source page locked; "post" declares that it does.
C6 == "C6" \notin run.broken

\* C7: a page under writeback is never unmapped.
C7 == "C7" \notin run.broken

\* C9: no migration entry is left.
C9 == Returned =>
  /\ ~Held("migration_entries(src)")
  /\ Called("try_to_unmap(src)") =>
       Called("remove_migration_ptes(src, src)") \/ Called("remove_migration_ptes(src, dst)")

\* C10: a new page that is given back was not touched.
C10 ==
  /\ "C10" \notin run.broken
  /\ (Returned /\ Called("put_new_page(dst)")) =>
       ~(\/ run.carries
         \/ Called("putback_lru_page(dst)")
         \/ Called("set_page_owner_migrate_reason(dst)"))

\* A migration that fails restores what it unmapped.
Restores == (Returned /\ Called("try_to_unmap(src)") /\ run.rc # "0") =>
  Called("remove_migration_ptes(src, src)") /\ ~Called("remove_migration_ptes(src, dst)")

\* Asynchronous migration never waits, but for what is declared.
AsyncNeverWaits == (Returned /\ env["mode"] \in {Unasked, "MIGRATE_ASYNC"}) =>
  (run.called \cap {"wait_on_page_writeback(src)", "lock_page(src)"} # {}) =
  (Movable /\ (env["page_count(src)"] = "1" \/ (Called("list_del(src)") /\ run.rc # "0")))

\* What the kernel's own debug options would stop on.
NoBug == run.broken \subseteq {"new_page", "C5", "C6", "C7", "C10"}

------------------------------------------------------------------------------------
\* The differences, each where it is declared and nowhere else.

Compared == Returned /\ semantics = "post"
NoPage == env["get_new_page(src)"] = "NULL"

\* "pre" allocated a page, or failed to, that "post" never asked for.
Spared == "get_new_page(src)" \in old.called /\ ~Called("get_new_page(src)")

\* The return code changes where "pre" has no memory for a page that "post" spares.
ReturnsDiffer == Compared => (run.rc # old.rc) = (Spared /\ NoPage)

\* The source page's end changes where there is no memory, unless "post" says -EAGAIN.
EndOf(r) == <<r.src, r.unmapped, "page_ref(src)" \in r.held,
              r.called \cap {"mod_node_page_state(src)", "num_poisoned_pages_inc()"}>>
SourceDiffers == Compared =>
  (EndOf(run) # EndOf(old)) =
  (NoPage /\ (Called("get_new_page(src)") \/ (Spared /\ run.rc = "-EBUSY")))

\* The new page's end changes where "post" spares it.
NewPageDiffers == Compared =>
  (run.dst # old.dst) = (Spared /\ env["get_new_page(src)"] = "dst")

\* Calls are made or no longer made where one of these is so, and nowhere else.
CallsDiffer == Compared => (run.called # old.called) = (Spared \/ NoMemory)
====================================================================================
