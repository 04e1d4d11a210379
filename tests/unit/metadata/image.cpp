// Images: what is written is there when it is mapped, additions go behind it, and every damage is noticed.
#include "metadata/image.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include <fcntl.h>
#include <gtest/gtest.h>
#include <random>
#include <unistd.h>

using namespace ferric;
using namespace ferric::metadata;

namespace {
constexpr uint64_t kAnyTime = ~uint64_t(0);

std::string contents(llvm::StringRef path) { return (*llvm::MemoryBuffer::getFile(path))->getBuffer().str(); }

void write(llvm::StringRef path, llvm::StringRef text) {
  std::error_code ec;
  llvm::raw_fd_ostream os(path, ec);
  os << text;
}

// A session with one crate beside the empty local one, made by hand, and its image.
class ImageTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("image", "crates", path_));
    ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("image", "rs", source_));
    write(source_, "fn one() {}\n");
    Session sess;
    Crates crates(sess);
    crates.add(Symbol(), 2021);
    Crate &c = crates.add(sess.symbols.intern("sample"), 2024);
    FileId file = llvm::cantFail(sess.sources.load(source_));
    c.files.push_back(file);
    mark_ = sess.hygiene.applyMark({}, sess.hygiene.addExpn({}), Transparency::SemiOpaque);
    Symbol one = sess.symbols.intern("one");
    Def root, fn;
    root.kind = DefKind::Mod;
    c.defs.add(root);
    fn.kind = DefKind::Fn;
    fn.parent = c.root();
    fn.name = one;
    fn.span = {sess.sources.file(file).start, sess.sources.file(file).start + 11, mark_};
    fn_ = c.defs.add(fn);
    module_ = c.names.addModule({});
    Decl decl;
    decl.res = Res::ofDef(DefKind::Fn, fn_);
    c.names[c.names.findOrAdd(module_, one, {}, Namespace::Value)].nonGlob = c.names.addDecl(decl);
    c.langItems[one] = fn_;
    MacroInfo macro;
    macro.helpers = {one, sess.symbols.intern("two")};
    c.macros[7] = macro;
    c.cfgs = {"unix"};
    c.env = {{"FERRIC_IMAGE_TEST", std::nullopt}};
    c.ast.addExpr(fn.span, ast::RetExpr{});
    c.impls.seal();
    c.sealChildren();
    llvm::SmallVector<CrateId> ids{c.id};
    int fd = ::open(path_.c_str(), O_WRONLY | O_TRUNC);
    ASSERT_GE(fd, 0);
    llvm::Error e = writeImage(fd, sess, crates, ids, "key", kAnyTime);
    ::close(fd);
    ASSERT_FALSE(bool(e)) << llvm::toString(std::move(e));
  }
  void TearDown() override {
    llvm::sys::fs::remove(path_);
    llvm::sys::fs::remove(source_);
  }
  // What opening and checking the image says; empty: nothing.
  std::string problem(llvm::StringRef key = "key") {
    llvm::Expected<std::unique_ptr<Image>> image = Image::open(path_, key);
    if (!image)
      return llvm::toString(image.takeError());
    return (*image)->verify() ? "" : "checksum";
  }

  llvm::SmallString<128> path_, source_;
  SyntaxContext mark_;
  DefId fn_;
  ModuleId module_;
};
} // namespace

TEST_F(ImageTest, MapsWhatWasWritten) {
  std::unique_ptr<Image> image = llvm::cantFail(Image::open(path_, "key"));
  ASSERT_TRUE(image->verify());
  Session sess;
  ASSERT_TRUE(image->adoptSession(sess));
  Symbol one = sess.symbols.intern("one");
  EXPECT_LT(one.raw, sess.symbols.size());
  EXPECT_EQ(sess.str(sess.symbols.intern("new")), "new");
  EXPECT_EQ(sess.symbols.intern("new"), sess.symbols.intern("new"));
  EXPECT_EQ(sess.symbols.intern("self"), sym::kw_self);

  Crates crates(sess);
  crates.add(sess.symbols.intern("local"), 2021);
  ASSERT_EQ(image->crateCount(), 1u);
  Crate &c = crates.add(Symbol(), 2021);
  ASSERT_EQ(image->crateId(0), c.id);
  ASSERT_TRUE(image->adoptCrate(c, 0));
  EXPECT_EQ(sess.str(c.name), "sample");
  EXPECT_EQ(c.edition, 2024u);
  ASSERT_EQ(c.defs.size(), 2u);
  EXPECT_EQ(crates.name(fn_), one);
  EXPECT_EQ(sess.sources.text(crates.span(fn_)), "fn one() {}");
  EXPECT_EQ(c.children(c.root()), llvm::ArrayRef<DefId>(fn_));
  NameId name = c.names.find(module_, one, {}, Namespace::Value);
  ASSERT_TRUE(name.valid());
  EXPECT_EQ(c.names[c.names[name].best()].res.def, fn_);
  EXPECT_EQ(c.langItems.lookup(one), fn_);
  EXPECT_EQ(c.macros[7].helpers.size(), 2u);
  EXPECT_EQ(c.env.size(), 1u);
  // What is the same mark in the image is the same mark in the session.
  EXPECT_EQ(sess.hygiene.applyMark({}, sess.hygiene.outerExpn(mark_), Transparency::SemiOpaque), mark_);
  // Additions go behind what is mapped, which stays.
  Def closure;
  closure.kind = DefKind::Closure;
  EXPECT_EQ(c.defs.add(closure).index(), 2u);
  for (unsigned i = 0; i < 5000; ++i)
    c.names.findOrAdd(module_, sess.symbols.internInt(i), {}, Namespace::Value);
  EXPECT_EQ(c.names.find(module_, one, {}, Namespace::Value), name);
  EXPECT_EQ(crates.name(fn_), one);
}

TEST_F(ImageTest, IsForOneKeyAndOneStateOfItsSources) {
  EXPECT_EQ(problem("other"), "it is for something else");
  std::unique_ptr<Image> image = llvm::cantFail(Image::open(path_, "key"));
  Options options;
  EXPECT_TRUE(image->isFresh(options));
  options.env = {{"FERRIC_IMAGE_TEST", "set"}};
  EXPECT_FALSE(image->isFresh(options));
  options.env.clear();
  write(source_, "fn another() {}\n");
  EXPECT_FALSE(image->isFresh(options));
  llvm::sys::fs::remove(source_);
  EXPECT_FALSE(image->isFresh(options));
}

TEST_F(ImageTest, NoticesEveryCut) {
  std::string whole = contents(path_);
  for (size_t n = 0; n < whole.size(); n += 1 + n / 7) {
    write(path_, llvm::StringRef(whole).take_front(n));
    EXPECT_NE(problem(), "") << "cut at " << n;
  }
}

// Bytes between the sections mean nothing; a change in any other must be found before it is used.
TEST_F(ImageTest, NoticesEveryFlippedBit) {
  std::string whole = contents(path_);
  std::mt19937 random(1);
  size_t found = 0;
  int fd = ::open(path_.c_str(), O_WRONLY);
  for (size_t at = 0; at < whole.size(); ++at) {
    bool zero = !whole[at];
    if (random() % (zero ? 16384 : 16)) // most zeros are padding
      continue;
    char damaged = char(whole[at] ^ 1 << random() % 8);
    ASSERT_EQ(::pwrite(fd, &damaged, 1, off_t(at)), 1);
    bool noticed = !problem().empty();
    EXPECT_TRUE(zero || noticed) << "at " << at;
    found += noticed;
    ASSERT_EQ(::pwrite(fd, &whole[at], 1, off_t(at)), 1);
  }
  ::close(fd);
  EXPECT_EQ(problem(), "");
  EXPECT_GT(found, 200u);
}

TEST_F(ImageTest, IsNotMadeOfSourcesThatAreBeingEdited) {
  Session sess;
  Crates crates(sess);
  crates.add(Symbol(), 2021);
  llvm::cantFail(sess.sources.load(source_));
  int fd = ::open(path_.c_str(), O_WRONLY | O_TRUNC);
  llvm::Error e = writeImage(fd, sess, crates, {}, "key", /*notAfter=*/1);
  ::close(fd);
  EXPECT_TRUE(bool(e));
  llvm::consumeError(std::move(e));
}
