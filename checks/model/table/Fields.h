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
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace pooltidy::model {

template <typename Way> void fields(Way &W, Slot &S) {
  auto &[Where, Index, Indirect] = S;
  W(Where, Index, Indirect);
}
template <typename Way> void fields(Way &W, Operation &O) {
  auto &[Call, Object, Pool, Fails, Nulls, Id, Setup, Line, AnyOrder, WhenNull] = O;
  W(Call, Object, Pool, Fails, Nulls, Id, Setup, Line, AnyOrder, WhenNull);
}
template <typename Way> void fields(Way &W, Handle &H) {
  auto &[Type, Release, Put, Get, Copyable, Spelled, Line] = H;
  W(Type, Release, Put, Get, Copyable, Spelled, Line);
}
template <typename Way> void fields(Way &W, Pool &P) {
  auto &[Name, Type, Object, What, Resets, At, Acquire, Put, Reset, Use, Handles,
         ChildOf, Source, File, Line, Possible, KnownIds, FreesAll, Headers] = P;
  W(Name, Type, Object, What, Resets, At, Acquire, Put, Reset, Use, Handles,
    ChildOf, Source, File, Line, Possible, KnownIds, FreesAll, Headers);
}
template <typename Way> void fields(Way &W, FunctionRule &F) {
  auto &[Call, NoReturn, StartsThread, Waits, NoThrow, Keeps, Takes, Moves, Source,
         Line, Returns] = F;
  W(Call, NoReturn, StartsThread, Waits, NoThrow, Keeps, Takes, Moves, Source, Line,
    Returns);
}
template <typename Way> void fields(Way &W, TypeRule &T) {
  auto &[Type, NotAPool, LongLived, ThreadSafe, Reset, Keep, Source, Line] = T;
  W(Type, NotAPool, LongLived, ThreadSafe, Reset, Keep, Source, Line);
}
template <typename Way> void fields(Way &W, ModelSet &M) {
  auto &[Pools, Functions, Types] = M;
  W(Pools, Functions, Types);
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
    if constexpr (std::is_class_v<T>)
      fields(*this, V);
    else
      V = static_cast<T>(number());
  }

  const char *At;
};

} // namespace pooltidy::model

#endif
