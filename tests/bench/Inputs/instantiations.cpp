// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes every member function of the standard templates that programs use
// most, so that tests/bench/sweep has their bodies to analyse.
#include <algorithm>
#include <any>
#include <array>
#include <bitset>
#include <chrono>
#include <complex>
#include <deque>
#include <filesystem>
#include <forward_list>
#include <fstream>
#include <functional>
#include <future>
#include <iomanip>
#include <iostream>
#include <list>
#include <locale>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <numeric>
#include <optional>
#include <queue>
#include <random>
#include <regex>
#include <set>
#include <shared_mutex>
#include <sstream>
#include <stack>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <valarray>
#include <variant>
#include <vector>

struct Item {
  std::string name;
  int rank = 0;
  bool operator<(const Item &o) const { return rank < o.rank; }
  bool operator==(const Item &o) const { return rank == o.rank; }
};
struct ItemHash {
  std::size_t operator()(const Item &i) const { return std::size_t(i.rank); }
};

template class std::vector<Item>;
template class std::vector<bool>;
template class std::deque<Item>;
template class std::list<Item>;
template class std::forward_list<Item>;
template class std::map<std::string, Item>;
template class std::multimap<int, Item>;
template class std::set<Item>;
template class std::multiset<Item>;
template class std::unordered_map<std::string, Item>;
template class std::unordered_multimap<int, Item>;
template class std::unordered_set<Item, ItemHash>;
template class std::queue<Item>;
template class std::priority_queue<Item>;
template class std::stack<Item>;
template class std::array<Item, 4>;
template class std::bitset<70>;
template class std::valarray<unsigned>;
template class std::complex<float>;
template class std::basic_string<char>;
template class std::basic_string<char32_t>;
template class std::basic_string_view<char>;
template class std::basic_regex<char>;
template class std::basic_stringstream<char>;
template class std::basic_fstream<char>;
template class std::basic_filebuf<char>;
template class std::basic_stringbuf<char>;
template class std::basic_ostream<char>;
template class std::basic_istream<char>;
template class std::shared_ptr<Item>;
template class std::weak_ptr<Item>;
template class std::unique_ptr<Item>;
template class std::unique_ptr<Item[]>;
template class std::function<int(Item)>;
template class std::optional<Item>;
template class std::variant<int, Item>;
template class std::tuple<int, Item>;
template class std::future<Item>;
template class std::promise<Item>;
template class std::packaged_task<Item(int)>;
template class std::allocator<Item>;
template class std::pmr::polymorphic_allocator<Item>;
template class std::unique_lock<std::mutex>;
template class std::shared_lock<std::shared_mutex>;
template class std::mersenne_twister_engine<
    std::uint_fast32_t, 32, 624, 397, 31, 0x9908b0dfUL, 11, 0xffffffffUL, 7,
    0x9d2c5680UL, 15, 0xefc60000UL, 18, 1812433253UL>;

int useAlgorithms(std::vector<Item> &items, const std::string &text) {
  std::sort(items.begin(), items.end());
  std::stable_sort(items.begin(), items.end());
  std::partial_sort(items.begin(), items.begin() + 1, items.end());
  std::inplace_merge(items.begin(), items.begin() + 1, items.end());
  std::stable_partition(items.begin(), items.end(),
                        [](const Item &i) { return i.rank > 0; });
  std::rotate(items.begin(), items.begin() + 1, items.end());
  std::nth_element(items.begin(), items.begin() + 1, items.end());
  auto shared = std::make_shared<Item>();
  auto made = std::allocate_shared<Item>(std::allocator<Item>());
  std::any any = *shared;
  std::pmr::monotonic_buffer_resource arena;
  std::pmr::unsynchronized_pool_resource pool(&arena);
  std::pmr::vector<std::pmr::string> strings(&pool);
  strings.emplace_back(text);
  std::regex pattern("(a|b)*c{2,3}[[:alpha:]]", std::regex::extended);
  std::smatch match;
  bool found = std::regex_search(text, match, pattern);
  auto later = std::async(std::launch::async, [&] { return made->rank; });
  std::thread worker([&] { shared->rank = 1; });
  worker.join();
  std::filesystem::path path(text);
  std::error_code error;
  for (const auto &entry : std::filesystem::directory_iterator(path, error))
    strings.emplace_back(entry.path().string());
  std::call_once(*std::make_unique<std::once_flag>(), [] {});
  std::ostringstream out;
  out << std::setw(4) << std::put_time(nullptr, "%F") << found;
  return later.get() + std::any_cast<Item>(&any)->rank;
}

int main() {}
