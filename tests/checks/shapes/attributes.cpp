// RUN: %check %s
// A pool that says so itself, in attributes: no model, no telling name.

#define ACQUIRE [[clang::annotate("pool::acquire")]]
#define PUT [[clang::annotate("pool::put")]]
#define RESET [[clang::annotate("pool::reset")]]

struct Tile {
  int x = 0, y = 0;
  RESET void blank();
};

class Board {
public:
  ACQUIRE Tile *draw();
  PUT void back(Tile *t);
};

class [[clang::annotate("pool::not_a_pool")]] ScorePool {
public:
  Tile *acquire();
  void release(Tile *t);
};

void show(const Tile &t);

void good_tile(Board &board) {
  Tile *t = board.draw();
  t->x = 1;
  show(*t);
  t->blank();
  board.back(t);
}

void bad_tile_dirty(Board &board) {
  Tile *t = board.draw();
  t->x = 1;      // note: "changed here"
  board.back(t); // expect: pool-put-without-reset "'t' is put back without a reset"
}

void bad_tile_leak(Board &board, bool stop) {
  Tile *t = board.draw(); // expect: pool-resource-leak "'t' is not put back on some path"
  if (stop)
    return; // note: "returns here without putting it back"
  board.back(t);
}

void bad_tile_twice(Board &board) {
  Tile *t = board.draw();
  board.back(t); // note: "first put back here"
  board.back(t); // expect: pool-double-put "'t' is put back twice"
}

int bad_tile_used(Board &board) {
  Tile *t = board.draw();
  board.back(t); // note: "put back here"
  return t->x;   // expect: pool-use-after-put "'t' is used after it was put back"
}

void good_not_a_pool(ScorePool &scores) {
  Tile *t = scores.acquire();
  t->x = 1;
  scores.release(t);
  scores.release(t);
}
