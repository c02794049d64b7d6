// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a user's class means a member that a pool would pass over.

#ifndef POOL_TIDY_DETAIL_MEMBER_NAMES_H
#define POOL_TIDY_DETAIL_MEMBER_NAMES_H

#include <type_traits>

namespace pool_tidy::detail {

/// A flag or a number is not meant to be called.
template <typename Member> inline constexpr bool is_plain_member = false;
template <typename Class, typename Type>
inline constexpr bool is_plain_member<Type Class::*> = std::is_scalar_v<Type> &&
                                                       !std::is_pointer_v<Type>;

} // namespace pool_tidy::detail

/// Makes a concept names_<name><C>: whether a class has a function `name`, with
/// whatever parameters and access, of its own or of a base. So what is spelled
/// almost right is an error, where asking only whether it can be called would
/// take it for absent. In a class that inherits two of one name, that name is
/// ambiguous; a final class is asked directly.
#define POOL_TIDY_NAMES(name)                                                  \
  struct has_##name {                                                          \
    void name();                                                               \
  };                                                                           \
  template <typename C> struct with_##name : C, has_##name {};                 \
  template <typename C>                                                        \
  concept names_##name =                                                       \
      std::is_class_v<C> &&                                                    \
      !requires { requires is_plain_member<decltype(&C::name)>; } &&           \
      ((std::is_final_v<C> && requires { &C::name; }) ||                       \
       (!std::is_final_v<C> && !requires { &with_##name<C>::name; }));

#endif
