// The options of real pools, as far as the tests set them: those of the bundled
// pool from its own header, of the others what their headers declare.
#pragma once
#include "pool_tidy/resource_pool.h"
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace Poco::Data {
class SessionPool {
public:
  SessionPool(const std::string &connector, const std::string &connection,
              int minSessions = 1, int maxSessions = 32, int idleTime = 60,
              int connTimeout = 60);
};
} // namespace Poco::Data

namespace sw::redis {
struct ConnectionOptions {
  std::string host;
};
struct ConnectionPoolOptions {
  std::size_t size = 1;
  std::chrono::milliseconds wait_timeout{0};
  std::chrono::milliseconds connection_lifetime{0};
  std::chrono::milliseconds connection_idle_time{0};
};
class Redis {
public:
  explicit Redis(const ConnectionOptions &connection,
                 const ConnectionPoolOptions &pool = {});
  explicit Redis(const std::string &uri);
};
} // namespace sw::redis

namespace mongocxx {
inline namespace v_noabi {
class uri {
public:
  uri(std::string_view text);
  template <typename T> uri(T text) : uri{std::string_view{text}} {}
};
class pool {
public:
  explicit pool(const uri &to);
};
} // namespace v_noabi
} // namespace mongocxx

namespace mysqlx {
inline namespace abi2 {
inline namespace r0 {
struct ClientOption {
  enum Enum { POOLING, POOL_MAX_SIZE, POOL_QUEUE_TIMEOUT, POOL_MAX_IDLE_TIME };
};
class ClientSettings {
public:
  ClientSettings(const std::string &uri, const char *options);
};
class Client {
public:
  Client(ClientSettings settings);
  template <typename... T> Client(T... options);
};
template <class... P> Client getClient(P... p) { return Client(p...); }
} // namespace r0
} // namespace abi2
} // namespace mysqlx

namespace soci {
class connection_pool {
public:
  explicit connection_pool(std::size_t size);
  bool try_lease(std::size_t &pos, int timeout);
};
} // namespace soci

namespace boost::mysql {
struct any_address {
  void emplace_host_and_port(std::string host);
};
struct pool_params {
  any_address server_address;
  std::string username;
  std::size_t initial_size{1};
  std::size_t max_size{151};
  std::chrono::steady_clock::duration connect_timeout{std::chrono::seconds(20)};
  std::chrono::steady_clock::duration retry_interval{std::chrono::seconds(30)};
  std::chrono::steady_clock::duration ping_interval{std::chrono::hours(1)};
  std::chrono::steady_clock::duration ping_timeout{std::chrono::seconds(10)};
};
class connection_pool {
public:
  explicit connection_pool(int context, pool_params params);
};
} // namespace boost::mysql
