// REQUIRES: boost
// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// The functions that the built-in model asio names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <boost/asio.hpp>
#include <string>

namespace asio = boost::asio;

void timer(asio::basic_waitable_timer<std::chrono::steady_clock> &T) {
  T.async_wait([](boost::system::error_code) {});
  T.wait();
}

void socket(asio::basic_socket<asio::ip::tcp> &Base, asio::ip::tcp::endpoint To,
            asio::basic_stream_socket<asio::ip::tcp> &Stream,
            asio::basic_datagram_socket<asio::ip::udp> &Datagram,
            asio::ip::udp::endpoint &Peer,
            asio::basic_socket_acceptor<asio::ip::tcp> &Acceptor) {
  char Data[1];
  auto Buffer = asio::buffer(Data);
  auto Done = [](boost::system::error_code, std::size_t) {};
  Base.async_connect(To, [](boost::system::error_code) {});
  Base.async_wait(asio::socket_base::wait_read, [](boost::system::error_code) {});
  Stream.async_read_some(Buffer, Done);
  Stream.async_write_some(Buffer, Done);
  Stream.async_receive(Buffer, Done);
  Stream.async_send(Buffer, Done);
  Datagram.async_receive(Buffer, Done);
  Datagram.async_receive_from(Buffer, Peer, Done);
  Datagram.async_send(Buffer, Done);
  Datagram.async_send_to(Buffer, Peer, Done);
  Acceptor.async_accept(Stream, [](boost::system::error_code) {});
}

void composed(asio::ip::tcp::socket &Stream,
              asio::ip::tcp::resolver::results_type &Found, std::string &Text) {
  auto Done = [](boost::system::error_code, std::size_t) {};
  asio::async_connect(Stream, Found,
                      [](boost::system::error_code, asio::ip::tcp::endpoint) {});
  asio::async_read(Stream, asio::dynamic_buffer(Text), Done);
  asio::async_read_until(Stream, asio::dynamic_buffer(Text), '\n', Done);
  asio::async_write(Stream, asio::buffer(Text), Done);
}

void pool(asio::thread_pool &P) {
  asio::post(P, [] {});
  asio::dispatch(P, [] {});
  asio::defer(P, [] {});
  P.join();
  P.wait();
  P.~thread_pool();
}

void context(asio::io_context &Io) { Io.run(); }
