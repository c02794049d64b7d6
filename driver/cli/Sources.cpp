//===- Sources.cpp - what to lint, and how it is compiled -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "cli/Sources.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/YAMLParser.h"
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;
using namespace clang::tooling;

namespace pooltidy::cli {

std::string absolutePath(llvm::StringRef Path, llvm::StringRef Base) {
  llvm::SmallString<256> Whole(Path);
  if (!Base.empty() && !path::is_absolute(Whole)) {
    Whole = Base;
    path::append(Whole, Path);
  }
  fs::make_absolute(Whole);
  llvm::SmallString<256> Short(Whole);
  path::remove_dots(Short, /*remove_dot_dot=*/true);
  // Behind a symbolic link `..` is somewhere else.
  bool Same = true;
  if (llvm::StringRef(Whole).contains("..") && fs::exists(Whole) &&
      (fs::equivalent(Whole, Short, Same) || !Same))
    fs::real_path(Whole, Short);
  return Short.str().str();
}

namespace {

enum class Language { None, C, Cxx };

Language languageOf(llvm::StringRef File) {
  llvm::StringRef Ext = path::extension(File);
  if (Ext == ".c")
    return Language::C;
  for (const char *Cxx : {".cc", ".cpp", ".cxx", ".c++", ".cp", ".C", ".CPP"})
    if (Ext == Cxx)
      return Language::Cxx;
  return Language::None;
}

/// Databases hold assembler too, which has no pools.
bool isAssembler(llvm::StringRef File) {
  llvm::StringRef Ext = path::extension(File);
  return Ext == ".S" || Ext == ".s" || Ext == ".asm";
}

bool isBelow(llvm::StringRef File, llvm::StringRef Directory) {
  return Directory == "/" ||
         (File.starts_with(Directory) &&
          File.drop_front(Directory.size()).starts_with("/"));
}

std::string directoryHere() {
  llvm::SmallString<256> Here;
  fs::current_path(Here);
  return Here.str().str();
}

/// What is wrong with the text of the database \p File, and where; empty when clang
/// can read it. Its own reader takes more than JSON, and prints all of a line that
/// it cannot read.
std::string wrongWith(const std::string &File) {
  auto Text = llvm::MemoryBuffer::getFile(File);
  if (!Text)
    return "";
  auto Json = llvm::json::parse((*Text)->getBuffer());
  if (Json)
    return "";
  // `[3:7, byte=61]: Expected object key`
  std::string Told = llvm::toString(Json.takeError());
  llvm::SourceMgr Sources;
  Sources.setDiagHandler([](const llvm::SMDiagnostic &, void *) {});
  if (llvm::yaml::Stream((*Text)->getBuffer(), Sources).validate())
    return "";
  auto [Place, Why] = llvm::StringRef(Told).split("]: ");
  return fmt::format("{}:{}: not a compilation database: {}{}; let the build write "
                     "it again (cmake does with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, "
                     "or use bear)",
                     File, Place.drop_front().split(',').first.str(),
                     llvm::toLower(Why.front()), Why.drop_front().str());
}

/// A loaded compile_commands.json.
struct Database {
  std::string File; ///< its path
  std::unique_ptr<CompilationDatabase> Commands;
};

class Finder {
public:
  explicit Finder(const SourceOptions &O) : Options(O) {}

  SourceList find() {
    if (!Options.CompilerArguments && !Options.Build.empty() && !useBuild())
      return std::move(List);
    if (Options.Paths.empty())
      addAll();
    for (const std::string &Path : Options.Paths) {
      if (!List.Error.empty())
        break;
      addPath(Path);
    }
    finish();
    return std::move(List);
  }

private:
  bool fail(std::string Message) {
    List.Error = std::move(Message);
    return false;
  }

  /// -p names a directory with a database, or a database.
  bool useBuild() {
    std::string File = absolutePath(Options.Build);
    if (fs::is_directory(File))
      File += "/compile_commands.json";
    if (!fs::exists(File))
      return fail(fmt::format(
          "{}: no such file; -p takes the build directory that holds "
          "compile_commands.json (cmake writes it with "
          "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or use bear)",
          File));
    Chosen = load(File);
    return Chosen != nullptr;
  }

  /// The database in a file, or null after fail().
  Database *load(const std::string &File) {
    auto [At, New] = Loaded.try_emplace(File);
    Database &D = At->second;
    if (!New)
      return &D;
    D.File = File;
    if (std::string Wrong = wrongWith(File); !Wrong.empty()) {
      fail(std::move(Wrong));
      return nullptr;
    }
    std::string Why;
    auto Json = JSONCompilationDatabase::loadFromFile(
        File, Why, JSONCommandLineSyntax::AutoDetect);
    if (!Json) {
      fail(fmt::format("{}: not a compilation database: {}", File,
                       llvm::StringRef(Why).trim().str()));
      return nullptr;
    }
    if (Json->getAllFiles().empty()) {
      fail(fmt::format("{}: the compilation database has no entries", File));
      return nullptr;
    }
    D.Commands = inferMissingCompileCommands(
        inferTargetAndDriverMode(expandResponseFiles(
            std::move(Json), llvm::vfs::createPhysicalFileSystem())));
    return &D;
  }

  /// The database for what lies in \p Directory; null when there is none, or
  /// after fail().
  Database *databaseFor(llvm::StringRef Directory) {
    if (Options.CompilerArguments)
      return nullptr;
    if (Chosen)
      return Chosen;
    for (llvm::StringRef Up = Directory; !Up.empty();
         Up = path::parent_path(Up))
      for (const char *Name :
           {"compile_commands.json", "build/compile_commands.json"}) {
        llvm::SmallString<256> File(Up);
        path::append(File, Name);
        if (fs::exists(File))
          return load(File.str().str());
      }
    return nullptr;
  }

  /// No path given: the whole database.
  void addAll() {
    if (Options.CompilerArguments) {
      fail("nothing to check: name the files to compile with what follows --");
      return;
    }
    Database *D = databaseFor(directoryHere());
    if (!List.Error.empty())
      return;
    if (!D) {
      fail("nothing to check: there is no compile_commands.json here or "
           "above; name files or directories, or the build directory with -p");
      return;
    }
    addBelow(*D, "/");
  }

  /// False when the database has nothing there.
  bool addBelow(Database &D, llvm::StringRef Directory) {
    size_t Before = List.Commands.size();
    for (CompileCommand &C : D.Commands->getAllCompileCommands())
      if (isBelow(absolutePath(C.Filename, C.Directory), Directory))
        add(std::move(C));
    return List.Commands.size() != Before;
  }

  void addPath(const std::string &Given) {
    std::string Path = absolutePath(Given);
    if (!fs::exists(Path)) {
      fail(fmt::format("{}: no such file or directory", Given));
      return;
    }
    bool IsDirectory = fs::is_directory(Path);
    Database *D = databaseFor(IsDirectory ? llvm::StringRef(Path)
                                          : path::parent_path(Path));
    if (!List.Error.empty())
      return;
    if (IsDirectory) {
      if (D && addBelow(*D, Path))
        return;
      if (Chosen)
        fail(fmt::format("{}: no source file below it is in {}", Given,
                         Chosen->File));
      else // a database further up that knows nothing of it says nothing
        addTree(Given, Path);
    } else if (D)
      for (CompileCommand &C : D->Commands->getCompileCommands(Path))
        add(std::move(C));
    else
      addFile(Path, "");
  }

  /// A directory without a database.
  void addTree(const std::string &Given, const std::string &Path) {
    size_t Before = List.Commands.size();
    std::error_code Error;
    for (fs::recursive_directory_iterator At(Path, Error), End;
         At != End && !Error; At.increment(Error)) {
      llvm::StringRef Name = path::filename(At->path());
      if (At->type() == fs::file_type::directory_file) {
        // Hidden directories hold no sources, build directories copies.
        if (Name.starts_with(".") || fs::exists(At->path() + "/CMakeCache.txt"))
          At.no_push();
      } else if (languageOf(Name) != Language::None) {
        addFile(absolutePath(At->path()), Path);
      }
    }
    if (Error)
      fail(fmt::format("{}: {}", Given, Error.message()));
    else if (List.Commands.size() == Before)
      fail(fmt::format("{}: no C or C++ source file in it", Given));
  }

  /// A file without a database, compiled with default or given arguments.
  void addFile(const std::string &File, const std::string &Include) {
    bool IsC = languageOf(File) == Language::C;
    std::vector<std::string> Arguments{IsC ? "clang" : "clang++"};
    if (Options.CompilerArguments) {
      Arguments.insert(Arguments.end(), Options.CompilerArguments->begin(),
                       Options.CompilerArguments->end());
    } else {
      if (!IsC)
        Arguments.push_back("-std=c++20");
      if (!Include.empty())
        Arguments.insert(Arguments.end(), {"-I", Include});
      if (languageOf(File) == Language::None) // a header, most likely
        Arguments.insert(Arguments.end(), {"-x", "c++"});
    }
    Arguments.insert(Arguments.end(), {"-fsyntax-only", File});
    add(CompileCommand(directoryHere(), File, std::move(Arguments), ""));
  }

  void add(CompileCommand C) {
    C.Filename = absolutePath(C.Filename, C.Directory);
    if (!isAssembler(C.Filename))
      List.Commands.push_back(std::move(C));
  }

  void finish() {
    auto Key = [](const CompileCommand &C) {
      return std::tie(C.Filename, C.Directory, C.CommandLine);
    };
    auto &All = List.Commands;
    std::stable_sort(All.begin(), All.end(), [&](const auto &A, const auto &B) {
      return Key(A) < Key(B);
    });
    All.erase(std::unique(All.begin(), All.end(),
                          [&](const auto &A, const auto &B) {
                            return Key(A) == Key(B);
                          }),
              All.end());
    if (List.Error.empty() && All.empty())
      fail("nothing to check: no C or C++ source file found");
  }

  const SourceOptions &Options;
  SourceList List;
  std::map<std::string, Database> Loaded;
  Database *Chosen = nullptr;
};

} // namespace

SourceList findSources(const SourceOptions &Options) {
  return Finder(Options).find();
}

} // namespace pooltidy::cli
