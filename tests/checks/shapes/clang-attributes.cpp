// RUN: %check %s
// Clang's own attributes as a model: handles, owners, resets; on results,
// parameters and what parameters point to.

#include <string>

void show(int n) noexcept;

// --- handles: numbers, pointers, out-parameters

#define ACQUIRES [[clang::acquire_handle("door")]]
#define RELEASES [[clang::release_handle("door")]]
#define USES [[clang::use_handle("door")]]

ACQUIRES int open_door();
int make_door(int *out ACQUIRES); // not 0: an error
bool find_door(int *out ACQUIRES); // false: none
void close_door(int door RELEASES);
void knock(int door USES);

void good_door() {
  int door = open_door();
  knock(door);
  close_door(door);
}
void bad_door_left() {
  int door = open_door(); // expect: pool-resource-leak "'door' is never closed"
  knock(door);
}
void bad_door_twice() {
  int door = open_door();
  close_door(door); // note: "first closed here"
  close_door(door); // expect: pool-double-put "'door' is closed twice"
}
void bad_door_used() {
  int door = open_door();
  close_door(door);
  knock(door); // expect: pool-use-after-put "'door' is used after it was closed"
}
void good_door_failed() {
  int door = open_door();
  if (door < 0)
    return;
  close_door(door);
}

void good_error_code() {
  int door;
  if (make_door(&door))
    return;
  knock(door);
  close_door(door);
}
void good_error_kept() {
  int door = 0;
  int error = make_door(&door);
  if (error < 0)
    return;
  close_door(door);
}
void bad_error_code() {
  int door;
  if (make_door(&door) != 0) // expect: pool-resource-leak "'door' is never closed"
    return;
  knock(door);
}
void good_truth() {
  int door;
  if (!find_door(&door))
    return;
  close_door(door);
}
void bad_truth(bool stop) {
  int door;
  if (!find_door(&door)) // expect: pool-resource-leak "'door' is not closed on some path"
    return;
  if (stop)
    return; // note: "returns here without closing it"
  close_door(door);
}

struct Window;
struct House {
  Window *open [[clang::acquire_handle("window")]] ();
  void shut(Window *window [[clang::release_handle("window")]]);
};
void good_window(House &house) {
  if (Window *window = house.open())
    house.shut(window);
}
void bad_window(House &house, bool stop) {
  Window *window = house.open(); // expect: pool-resource-leak "'window' is not closed on some path"
  if (stop)
    return;
  house.shut(window);
}

// --- ownership

struct Block {
  int size;
};
Block *block_new(int n) __attribute__((ownership_returns(block)));
void block_free(int why, Block *b) __attribute__((ownership_takes(block, 2)));
void block_keep(Block *b) __attribute__((ownership_holds(block, 1)));

void bad_block_left() {
  Block *b = block_new(1); // expect: pool-resource-leak "'b' is never closed"
  if (b)
    show(b->size);
}
void bad_block_used() {
  Block *b = block_new(1);
  if (!b)
    return;
  block_free(0, b);
  show(b->size); // expect: pool-use-after-put "'b' is used after it was closed"
}
void bad_block_twice() {
  Block *b = block_new(1);
  block_free(0, b);
  block_free(0, b); // expect: pool-double-put "'b' is closed twice"
}
void good_block() {
  Block *b = block_new(1);
  if (!b)
    return;
  show(b->size);
  block_free(0, b);
}
// Held by somebody else now, and still there to be used.
void good_block_held() {
  Block *b = block_new(1);
  if (!b)
    return;
  block_keep(b);
  show(b->size);
}

// --- reinitializes

struct Page {
  int number = 0;
  std::string text;
  [[clang::reinitializes]] void begin_anew();
};
class PagePool {
public:
  Page *acquire();
  void release(Page *page);
};
void good_begun_anew(PagePool &pool) {
  Page *page = pool.acquire();
  page->number = 1;
  page->begin_anew();
  pool.release(page);
}
void bad_not_begun_anew(PagePool &pool) {
  Page *page = pool.acquire();
  page->number = 1;
  pool.release(page); // expect: pool-put-without-reset "'page' is put back without a reset"
}

// --- ours, on types, methods, free functions and parameters

#define POOL(word) [[clang::annotate("pool::" word)]]

struct Token {
  int number = 0;
  POOL("reset") void wipe();
};
class POOL("pool(\"object\")") Tray {
public:
  bool take(POOL("acquire") Token **out);
  void take_one(POOL("acquire") Token *&out);
  void give(int why, POOL("put") Token *token);
};
POOL("acquire") Token *token_get();
POOL("put") void token_put(Token *token);
POOL("reset") void token_fresh(Token *token);

void good_out_parameter(Tray &tray) {
  Token *token = nullptr;
  if (!tray.take(&token))
    return;
  token->number = 1;
  token->wipe();
  tray.give(1, token);
}
void bad_out_parameter(Tray &tray) {
  Token *token = nullptr;
  if (!tray.take(&token)) // expect: pool-resource-leak "'token' is never put back"
    return;
  show(token->number);
}
void bad_out_reference(Tray &tray) {
  Token *token = nullptr;
  tray.take_one(token);
  token->number = 1;
  tray.give(1, token); // expect: pool-put-without-reset "'token' is put back without a reset"
}
void bad_given_twice(Tray &tray, Token *token) {
  tray.give(1, token);
  tray.give(2, token); // expect: pool-double-put "'token' is put back twice"
}
void good_free_reset() {
  Token *token = token_get();
  token->number = 1;
  token_fresh(token);
  token_put(token);
}
void bad_free_put() {
  Token *token = token_get();
  token->number = 1;
  token_put(token); // expect: pool-put-without-reset "'token' is put back without a reset"
}

// Of what is no object, no reset is asked.
class POOL("pool(\"resource\")") Lines {
public:
  POOL("acquire") Token *get();
  POOL("put") void back(Token *token);
};
class POOL("pool(\"memory\")") Cells {
public:
  POOL("acquire") Token *get();
  POOL("put") void back(Token *token);
};
void good_kinds(Lines &lines, Cells &cells) {
  Token *line = lines.get();
  line->number = 1;
  lines.back(line);
  Token *cell = cells.get();
  cell->number = 1;
  cells.back(cell);
}
