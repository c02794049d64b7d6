//===- Fields.h - a model set as bytes --------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The built-in YAML files are read when pool-tidy is built, so that no process
// spends its start on parsing them. One list of fields serves both ways; it
// names every member of a structure, or it does not compile.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_TABLE_FIELDS_H
#define POOLTIDY_MODEL_TABLE_FIELDS_H

#include "../Model.h"
#include <bit>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace pooltidy::model {

template <typename Way> void fields(Way &W, Slot &S) {
  auto &[Where, Index, Indirect] = S;
  W(Where, Index, Indirect);
}
template <typename Way> void fields(Way &W, Operation &O) {
  auto &[Call, Object, Pool, Fails, Nulls, Id, Setup, Line, AnyOrder, WhenNull,
         Count, Pointer, FailsBy] = O;
  W(Call, Object, Pool, Fails, Nulls, Id, Setup, Line, AnyOrder, WhenNull, Count,
    Pointer, FailsBy);
}
template <typename Way> void fields(Way &W, Handle &H) {
  auto &[Type, Release, Put, Get, Copyable, Puts, Spelled, Line] = H;
  W(Type, Release, Put, Get, Copyable, Puts, Spelled, Line);
}
template <typename Way> void fields(Way &W, Callback &C) {
  auto &[By, Index, Name, To, Call, Nullable, Locked, Line] = C;
  W(By, Index, Name, To, Call, Nullable, Locked, Line);
}
template <typename Way> void fields(Way &W, Pool &P) {
  auto &[Name, Type, Object, What, Resets, At, Acquire, Put, Reset, Use, Handles,
         Factory, ResetCallback, ChildOf, Source, File, Line, Possible, KnownIds,
         FreesAll, Headers, LimitsCapacity, LimitsCount] = P;
  W(Name, Type, Object, What, Resets, At, Acquire, Put, Reset, Use, Handles,
    Factory, ResetCallback, ChildOf, Source, File, Line, Possible, KnownIds,
    FreesAll, Headers, LimitsCapacity, LimitsCount);
}
template <typename Way> void fields(Way &W, FunctionRule &F) {
  auto &[Call, NoReturn, StartsThread, Waits, NoThrow, Keeps, Takes, Moves, Source,
         Line, Returns, Blocks, Closes, Unregisters, Pending, ViewOf] = F;
  W(Call, NoReturn, StartsThread, Waits, NoThrow, Keeps, Takes, Moves, Source, Line,
    Returns, Blocks, Closes, Unregisters, Pending, ViewOf);
}
template <typename Way> void fields(Way &W, TypeRule &T) {
  auto &[Type, NotAPool, LongLived, ThreadSafe, Reset, Keep, Source, Line] = T;
  W(Type, NotAPool, LongLived, ThreadSafe, Reset, Keep, Source, Line);
}
template <typename Way> void fields(Way &W, Setting &S) {
  auto &[Name, Setter, Argument, Option, Unit] = S;
  W(Name, Setter, Argument, Option, Unit);
}
template <typename Way> void fields(Way &W, Bound &B) {
  auto &[Number, IsTime, Other] = B;
  W(Number, IsTime, Other);
}
template <typename Way> void fields(Way &W, Condition &C) {
  auto &[Of, How, With] = C;
  W(Of, How, With);
}
template <typename Way> void fields(Way &W, Risk &R) {
  auto &[Is, When, Policy, Lacks, Has, Because, Line] = R;
  W(Is, When, Policy, Lacks, Has, Because, Line);
}
template <typename Way> void fields(Way &W, ConfigRule &C) {
  auto &[Type, Calls, Text, Format, Settings, Risks, Source, Line] = C;
  W(Type, Calls, Text, Format, Settings, Risks, Source, Line);
}
template <typename Way> void fields(Way &W, CheckOption &O) {
  auto &[Check, Name, Values, IsList, File, Line, Column] = O;
  W(Check, Name, Values, IsList, File, Line, Column);
}
template <typename Way> void fields(Way &W, ModelSet &M) {
  auto &[Pools, Functions, Types, Configs, Options] = M;
  W(Pools, Functions, Types, Configs, Options);
}

/// Appends values to Bytes. Numbers have seven bits in each byte.
class TableWriter {
public:
  std::string Bytes;
  template <typename... T> void operator()(T &...Values) { (value(Values), ...); }

private:
  void number(uint32_t N) {
    for (; N >= 0x80; N >>= 7)
      Bytes += char(N | 0x80);
    Bytes += char(N);
  }
  void value(std::string &S) {
    number(S.size());
    Bytes += S;
  }
  template <typename T> void value(std::vector<T> &All) {
    number(All.size());
    for (T &Each : All)
      value(Each);
  }
  template <typename T> void value(T &V) {
    if constexpr (std::is_class_v<T>)
      fields(*this, V);
    else if constexpr (std::is_same_v<T, double>)
      for (uint64_t Bits = std::bit_cast<uint64_t>(V); unsigned Half : {0, 32})
        number(uint32_t(Bits >> Half));
    else
      number(uint32_t(V)); // -1 has five bytes
  }
};

/// Takes values from what a TableWriter made.
class TableReader {
public:
  explicit TableReader(std::string_view Bytes) : At(Bytes.data()) {}
  template <typename... T> void operator()(T &...Values) { (value(Values), ...); }

private:
  uint32_t number() {
    uint32_t N = 0;
    for (unsigned Shift = 0;; Shift += 7) {
      uint8_t Byte = *At++;
      N |= uint32_t(Byte & 0x7f) << Shift;
      if (Byte < 0x80)
        return N;
    }
  }
  void value(std::string &S) {
    uint32_t Size = number();
    S.assign(At, Size);
    At += Size;
  }
  template <typename T> void value(std::vector<T> &All) {
    All.resize(number());
    for (T &Each : All)
      value(Each);
  }
  template <typename T> void value(T &V) {
    if constexpr (std::is_class_v<T>) {
      fields(*this, V);
    } else if constexpr (std::is_same_v<T, double>) {
      uint64_t Low = number();
      V = std::bit_cast<double>(Low | uint64_t(number()) << 32);
    } else {
      V = static_cast<T>(number());
    }
  }

  const char *At;
};

} // namespace pooltidy::model

#endif
