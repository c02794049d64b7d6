//===- Solver.cpp - property simulation over facts ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Solver.h"
#include "Sentinels.h"
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

Solver::Solver(PlaceTable &Places, const FunctionFacts &Function,
               llvm::ArrayRef<FamilyFacts> Families, SolverLimits Limits)
    : Places(Places), Function(Function), Families(Families), Limits(Limits),
      Shape(Function) {
  At.resize(Shape.size());
  BaseIn.resize(Shape.size());
  BaseOut.resize(Shape.size());
  findLastMentions();
}

void Solver::findLastMentions() {
  auto Mention = [&](PlaceId P, NodeId N) {
    if (P == NoPlace)
      return;
    P = Places.rootOf(P);
    if (P >= LastMention.size())
      LastMention.resize(P + 1, 0);
    LastMention[P] = N + 1;
  };
  for (NodeId N = 0; N < Shape.size(); ++N) {
    const Block &B = Function.Blocks[Shape[N].Block];
    for (uint32_t I = Shape[N].From; I < Shape[N].To; ++I) {
      const Fact &F = B.Facts[I];
      if (F.Kind == FactKind::ScopeEnd)
        continue;
      Mention(F.Dst, N);
      Mention(F.Src.Place, N);
      Mention(F.Src.Test.Place, N);
      Mention(F.Test.Place, N);
      Mention(F.WhenNull, N);
      if (F.Kind == FactKind::Apply || F.Kind == FactKind::Capture)
        for (const auto &[Root, Actual] : Function.Calls[F.Index].Bindings)
          Mention(Actual.Place, N);
    }
    if (Shape[N].Then == NoNode)
      for (PlaceId P : B.Reads)
        Mention(P, N);
  }
}

bool Solver::isLive(PlaceId Name, NodeId At) const {
  PlaceId Root = Places.rootOf(Name);
  const Place &R = Places[Root];
  if ((R.Kind != PlaceKind::Local && R.Kind != PlaceKind::Temp &&
       R.Kind != PlaceKind::Param) ||
      R.AddressTaken || Places.isShared(Name))
    return true;
  return Root < LastMention.size() &&
         LastMention[Root] > Shape.lowestReached(At);
}

/// A lease that this function need not put any more is followed only while a
/// name can still be used; false when none can.
bool Solver::prune(PathState &S, NodeId At) const {
  // What nobody asks about any more is not worth carrying; what parameters
  // were given stays, for the summary.
  auto Forgotten = [&](auto &E) {
    return Places[Places.rootOf(E.first)].Kind != PlaceKind::Param &&
           !isLive(E.first, At);
  };
  llvm::erase_if(S.Truths, Forgotten);
  llvm::erase_if(S.Ranges, [&](auto &E) {
    return Forgotten(E) && llvm::none_of(S.Truths, [&](auto &T) {
             return T.second.Place == E.first;
           });
  });
  llvm::erase_if(S.Views, [&](PlaceId P) { return !isLive(P, At); });
  if (Now == Kind::Base || Now == Kind::Entity || (S.Is == Life::Live && S.Owned))
    return true;
  llvm::erase_if(S.Names, [&](PlaceId P) { return !isLive(P, At); });
  if (Now == Kind::Failed && HandsOut)
    return true; // what does this way hand out instead?
  bool Followed = !S.Names.empty() || S.InPlace != NoPlace ||
                  (S.Is == Life::Returned && !S.Views.empty());
  Left |= !Followed && S.Is == Life::Live;
  return Followed;
}

const Trace *Solver::trace(const Trace *Before, StepKind K, SiteId Site,
                           std::string What) {
  Traces.push_back({K, Site, std::move(What), Before});
  return &Traces.back();
}

PlaceId answerIn(llvm::ArrayRef<Fact> Facts) {
  for (const Fact &F : Facts)
    if (F.Kind == FactKind::Return && F.Src.Is == Operand::Value)
      return F.Src.Place;
  return NoPlace;
}

/// The place of what the function answers, where it is known in \p At.
static PlaceId answerAt(const FunctionFacts &Function, const Node &At) {
  if (Function.Result == NoPlace || At.Block == Function.Exit)
    return Function.Result;
  return answerIn(llvm::ArrayRef(Function.Blocks[At.Block].Facts)
                      .slice(At.From, At.To - At.From));
}

void Solver::arrive(NodeId To, PathState S) {
  if (!prune(S, To)) {
    // Whoever has it now, this function need not put it.
    if (Now == Kind::Acquire)
      fine(FindingKind::Leak, {});
    return;
  }
  AtBlock &There = At[To];
  auto &States = There.In;
  auto &Todo = There.Pending;
  if (States.empty())
    Touched.push_back(To);
  // What a round has asked the next one asks anew.
  if (!States.empty() && Shape.isHeader(To))
    llvm::erase_if(S.Ranges, [&](auto &E) {
      return E.second.Believed && States.front().believedOf(E.first).isAny();
    });
  if (There.Visits > Limits.VisitsPerBlock) {
    S.Ranges.clear();
    S.Truths.clear();
  }
  // What a function answers goes with what is known where it does.
  PlaceId Answer = (Now == Kind::Base || Now == Kind::Entity) && States.size() < Limits.StatesPerBlock
                       ? answerAt(Function, Shape[To])
                       : NoPlace;
  // … and so does what an exception depends on.
  constexpr size_t MaxThrows = 8;
  bool Throws = Now == Kind::Base && Shape[To].Block == Function.ThrowExit &&
                States.size() < MaxThrows;
  // To a caller a doubtful way is another than one that depends on what it gives.
  auto SameDoubts = [&](const PathState &O) {
    return Now != Kind::Entity || !((S.Caveats ^ O.Caveats) & AskedAgain);
  };
  for (size_t I = 0; I < States.size(); ++I)
    if (States[I].sameTypestate(S) && SameDoubts(States[I]) && (!Throws || States[I].Ranges == S.Ranges) &&
        (Answer == NoPlace ||
         States[I].rangeOf(Answer).overlaps(S.rangeOf(Answer)))) {
      if (States[I].joinFacts(S)) {
        Todo[I] = true;
        Work.insert(To);
      }
      return;
    }
  if (States.size() >= Limits.StatesPerBlock)
    for (size_t I = 0; I < States.size(); ++I)
      if (States[I].Is == S.Is && States[I].PutFailed == S.PutFailed &&
          States[I].WasPut == S.WasPut) {
        if (States[I].joinWhole(S)) {
          Todo[I] = true;
          Work.insert(To);
        }
        return;
      }
  States.push_back(std::move(S));
  Todo.push_back(true);
  Work.insert(To);
}

bool isGiven(const PlaceTable &Places, const FunctionFacts &Function,
             const PathState &S, Sentinel Asked) {
  PlaceId Root = Places.rootOf(Asked.Place);
  PlaceKind Kind = Places[Root].Kind;
  if (Kind != PlaceKind::Param && Kind != PlaceKind::This)
    return Kind == PlaceKind::Global;
  if (Asked.Address || Asked.Place == Root)
    return !Function.Assigned.count(Root);
  return isAsGiven(Places, Function, S, Asked.Place);
}

void Solver::propagate(const Edge &E, const PathState &From, const Block &B,
                       bool Taken) {
  PathState S = From;
  Transfer T(*this, E.To);
  if (B.Out.size() > 1) {
    if (!S.Tasks.empty())
      for (PlaceId P : B.Reads)
        T.asked(S, P);
    // A test that what is known answers asks nothing more of a status; where the
    // acquire failed, nor of anything else.
    bool Answered = llvm::any_of(E.Assume, [&](Predicate P) {
      Range R = S.rangeOf(T.canonical(S, P.Place));
      R.keep(negate(P.Op), P.Constant);
      return R.isEmpty();
    });
    for (PlaceId P : B.Reads) {
      if (Answered && Now == Kind::Failed)
        break;
      PlaceId C = T.canonical(S, P);
      bool Tainted = !Answered && llvm::any_of(S.Tainted, [&](PlaceId Q) {
        return Places.isWithin(C, Q);
      });
      // What an object answers may depend on what it holds.
      Tainted |= C != NoPlace && Places[C].Kind == PlaceKind::Query &&
                 llvm::any_of(S.Names, [&](PlaceId N) {
                   return Places.isWithin(N, Places[C].Parent);
                 });
      if (Tainted || T.partOf(S, C).Is != Transfer::Part::Nothing) {
        S.Caveats |= LeaseBranch;
        break;
      }
    }
    if (B.Compared[0] != NoPlace && B.WithAddress && Taken == B.Unequal) {
      PlaceId R = T.canonical(S, B.Compared[1]);
      if (S.addressIn(T.canonical(S, B.Compared[0])) == R && !Places.isOneOfMany(R))
        return; // it is that object's address
    }
    if (B.Compared[0] != NoPlace && S.Is != Life::None) {
      PlaceId L = T.canonical(S, B.Compared[0]), R = T.canonical(S, B.Compared[1]);
      bool Equal = Taken != B.Unequal;
      bool Same = !B.WithAddress && S.names(R);
      if (S.names(L) && Same && !Equal)
        return;
      if (S.names(L) != Same) {
        // What was just acquired is not what a global has had all along, and no
        // object that has storage of its own.
        PlaceId Other = S.names(L) ? R : L;
        bool Apart = B.WithAddress
                         ? Places.isNamedObject(Places.rootOf(Other))
                         : Places[Other].Kind == PlaceKind::Global;
        if (Apart && Now == Kind::Acquire && Equal)
          return;
        if (!(Apart && B.WithAddress && Now == Kind::Acquire))
          S.Caveats |= LeaseBranch;
        // Whoever calls knows more of it.
        if (Sentinel With{Other, B.WithAddress};
            Now == Kind::Entity && isGiven(Places, Function, S, With)) {
          PlaceId P = sentinelPlace(Places, With);
          Range R = S.rangeOf(P);
          R.keep(Equal ? Cmp::EQ : Cmp::NE, 0);
          if (!R.isEmpty())
            S.setRange(P, R);
        }
      }
    }
    // That an acquire succeeded is what the whole simulation is about; where it
    // failed, that is what somebody may see.
    bool AsksForIt = llvm::any_of(
        E.Assume, [&](const Predicate &P) { return S.names(P.Place); });
    bool Known = AsksForIt || llvm::any_of(E.Assume, [&](const Predicate &P) {
                   return !S.rangeOf(T.canonical(S, P.Place)).isAny();
                 });
    if (Now == Kind::Failed && Known)
      S.Caveats |= FailureSeen;
    if (Now != Kind::Base && (!AsksForIt || Now == Kind::Failed))
      S.Path = trace(S.Path, StepKind::Branch, B.Branch,
                     B.Loop ? (Taken ? "loop" : "leave") : Taken ? "true" : "false");
  }
  if (B.Others && S.Is == Life::Live && *B.Others == (Taken ? 0 : 1) &&
      llvm::any_of(B.Reads, [&](PlaceId P) {
        PlaceId Root = Places.rootOf(T.canonical(S, P));
        return llvm::any_of(S.Names, [&](PlaceId N) {
          return Places.rootOf(N) == Root;
        });
      }))
    S.escapes();
  for (const Predicate &P : E.Assume)
    if (!T.assume(S, P))
      return;
  enqueue(E.To, std::move(S));
}

/// Runs the facts of \p Here from \p Index on over \p S.
void Solver::walk(NodeId Here, PathState S, uint32_t Index) {
  // Of several states each is true on its ways only: what is known here for any
  // leap is what all of them know, and from each end one has to walk.
  unsigned Ends = At[Here].In.size() > 1;
  if (Now == Kind::Base) {
    BaseIn[Here] = Ends ? noteAll(At[Here].In) : note(S);
    BaseOut[Here] = nullptr;
  }
  const Node &N = Shape[Here];
  Transfer(*this, N.Block).run(std::move(S), Index, N.To, [&](PathState End) {
    if (Now == Kind::Base)
      BaseOut[Here] = Ends++ ? nullptr : note(End);
    leave(Here, std::move(End));
  });
}

void Solver::leave(NodeId Here, PathState S) {
  if (Now != Kind::Base)
    if (NodeId To = leap(Here, S, true); To != NoNode)
      return arrive(To, std::move(S));
  if (NodeId Then = Shape[Here].Then; Then != NoNode)
    return arrive(Then, std::move(S));
  const Block &B = Function.Blocks[Shape[Here].Block];
  for (size_t I = 0; I < B.Out.size(); ++I)
    if (B.Out[I].To != NoBlock)
      propagate(B.Out[I], S, B, I == 0);
}

void Solver::simulate(Kind K, PathState Start, FactRef From) {
  Now = K;
  for (NodeId N : Touched)
    At[N] = {};
  Touched.clear();
  Work.clear();
  FactsBefore = FactsRun;
  Violations.clear();
  Exits.clear();
  ThrownExits.clear();
  Left = HandedOver = false;
  HandPuts.clear();
  if (K != Kind::Base)
    Shape.index(Places, Function, [&](NodeId N) { return BaseIn[N] != nullptr; });
  NodeId Exit = NoNode, ThrowExit = NoNode;
  if (Function.Exit != NoBlock)
    Exit = Shape.head(Function.Exit);
  if (Function.ThrowExit != NoBlock)
    ThrowExit = Shape.head(Function.ThrowExit);
  walk(Shape.nodeOf(From.Block, From.Index), std::move(Start), From.Index);
  // What an exception would lose is told once: the first sure way will do.
  auto Told = [&] {
    return Now == Kind::Unguarded && llvm::any_of(Violations, [](auto &V) {
             return V.second.Any && !(V.second.Caveats & (CapReached | MayAlias));
           });
  };
  while (!Work.empty() && GaveUp.empty() && !Told()) {
    NodeId Here = *Work.begin();
    Work.erase(Work.begin());
    if (Here == Exit || Here == ThrowExit)
      continue; // looked at once, when nothing moves any more
    ++At[Here].Visits;
    for (size_t I = 0; I < At[Here].In.size(); ++I) {
      if (!At[Here].Pending[I])
        continue;
      At[Here].Pending[I] = false;
      PathState S = At[Here].In[I];
      if (Now != Kind::Base)
        if (NodeId To = leap(Here, S, false); To != NoNode) {
          arrive(To, std::move(S));
          continue;
        }
      walk(Here, std::move(S), Shape[Here].From);
    }
    // A node that nothing leads back to is done: keep no states of it.
    if (Shape.isPassedOnce(Here)) {
      At[Here].In.clear();
      At[Here].Pending.clear();
    }
    if (FactsRun - FactsBefore > Limits.FactsPerSimulation ||
        FactsRun > Limits.FactsPerFunction)
      GaveUp = "too many paths";
  }
  // The exits have facts of their own: parameters that are destroyed.
  for (NodeId Last : {Exit, ThrowExit})
    if (Last != NoNode) {
      auto &In = At[Last].In;
      if (Now == Kind::Base && !In.empty())
        BaseIn[Last] = noteAll(In);
      for (size_t I = 0; I < In.size(); ++I)
        Transfer(*this, Shape[Last].Block)
            .run(In[I], 0, Shape[Last].To, [&](PathState End) {
              atExit(End, Last == ThrowExit);
            });
    }
  finishSimulation();
  Traces.clear(); // the findings have copied theirs
}

/// Takes \p S out of the function by the blocks that a MayLeave leads to, which
/// no other way needs: each goes on to one other.
void Solver::unwind(PathState S, BlockId From) {
  std::vector<std::pair<PathState, BlockId>> Todo;
  Todo.push_back({std::move(S), From});
  auto Told = [&] {
    return llvm::any_of(Violations, [](auto &V) { return V.second.Any; });
  };
  const Transfer Here(*this, From);
  // Most of what is left behind is variables that never held the lease; nothing
  // asks for them any more.
  auto Concerns = [&](const Block &B, const PathState &S) {
    return llvm::any_of(B.Facts, [&](const Fact &F) {
      return F.Kind != FactKind::ScopeEnd || Here.hasRoot(S, Places.rootOf(F.Dst));
    });
  };
  while (!Todo.empty() && !Told()) {
    auto [Now, At] = std::move(Todo.back());
    Todo.pop_back();
    while (At != Function.ThrowExit && !Concerns(Function.Blocks[At], Now))
      At = Function.Blocks[At].Out[0].To;
    if (At == Function.ThrowExit) {
      atExit(Now, true);
      continue;
    }
    const Block &B = Function.Blocks[At];
    Transfer(*this, At).run(std::move(Now), 0, B.Facts.size(),
                            [&](PathState End) {
                              Todo.push_back({std::move(End), B.Out[0].To});
                            });
  }
}

/// A name that outlives the scope still holds what went back, or holds for good
/// what nobody puts.
void Solver::retained(const PathState &S) {
  for (const Trace *T = S.Path; T; T = T->Before) {
    if (T->Kind != StepKind::Stored)
      continue;
    auto Holder = llvm::find_if(S.Names, [&](PlaceId P) {
      return P != S.PutAs && Places.spell(P) == T->What;
    });
    if (Holder == S.Names.end())
      continue;
    const Place &Root = Places[Places.rootOf(*Holder)];
    bool ForGood = S.Is == Life::Live;
    if (ForGood && Root.Kind != PlaceKind::Global)
      continue;
    violate({}, S,
            {.Kind = FindingKind::Retained,
             .Object = ObjectName,
             .Site = T->Site,
             .Other = T->What,
             .Global = ForGood ? Root.Symbol : 0});
    return;
  }
  fine(FindingKind::Retained, {});
}

/// The caller gets the object itself, which its owner here puts on the way out.
void Solver::leftPut(const PathState &S) {
  if (S.Is != Life::Returned || Function.Result == NoPlace ||
      !S.names(Function.Result))
    return;
  const Trace *Return = S.Path;
  while (Return && Return->Kind != StepKind::Returned)
    Return = Return->Before;
  if (Return)
    violate({NoBlock, Return->Site}, S,
            {.Kind = FindingKind::UseAfterPut,
             .Object = ObjectName,
             .Site = Return->Site,
             .Returned = true,
             .Left = true});
}

void Solver::atExit(const PathState &S, bool Thrown) {
  if (Now != Kind::PutSite)
    (Thrown ? ThrownExits : Exits).push_back(S);
  if (Now == Kind::Unguarded && (S.Caveats & LeftByThrow) &&
      S.Is == Life::Live && S.Owned && !S.PutFailed)
    unguarded(S);
  if (Now != Kind::Acquire)
    return;
  if (!Thrown && Families[S.Family].Pooled)
    retained(S);
  if (!Thrown) {
    Transfer(*this, Function.Exit).leftViews(S);
    leftPut(S);
  }
  Left |= S.Is == Life::Live || S.Escaped || S.EscapedOut;
  if (S.Is != Life::Live || !S.Owned || S.PutFailed ||
      Transfer(*this, Function.Exit).isSeenOutside(S))
    return fine(FindingKind::Leak, {});
  for (PlaceId P : S.Names)
    if (Places[Places.rootOf(P)].Kind == PlaceKind::Result)
      return fine(FindingKind::Leak, {});
  PathState End = S;
  if (!Thrown && (!S.Path || (S.Path->Kind != StepKind::Returned &&
                              S.Path->Kind != StepKind::Lost)))
    End.Path = trace(S.Path, StepKind::Returned, Function.End);
  violate({}, End,
          {.Kind = FindingKind::Leak,
           .Object = ObjectName,
           .Site = Function.Blocks[StartedAt.Block].Facts[StartedAt.Index].Site});
}

} // namespace pooltidy
