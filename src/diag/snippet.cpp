// Source with underlines and labels. The layout is rustc's (rustc_errors, emitter): labels of one line are sorted from right to
// left; a label moves down a row when it would run into the annotation to its right; spans over several lines are drawn as
// brackets in columns of their own, left of the code.
#include "diag/render.h"
#include "diag/width.h"

namespace ferric::diag {

namespace {

// Insertion sort: the lists are tiny, and what is equal stays in order.
template <class T, class Less> void stableSort(std::vector<T> &v, Less less) {
  for (size_t i = 1; i < v.size(); ++i)
    for (size_t k = i; k && less(v[k], v[k - 1]); --k)
      std::swap(v[k], v[k - 1]);
}

enum class Part : uint8_t { Single, Start, Line, End }; // of a span over several lines: its first, inner and last line

struct Annotation {
  unsigned startCol = 0, endCol = 0; // display columns, 0-based
  bool primary = false;
  std::string label;
  Part part = Part::Single;
  unsigned depth = 0;
  bool hasLabel() const { return !label.empty(); }
  bool takesSpace() const { return part == Part::Start || part == Part::End; }
};

struct MultiLine {
  unsigned lineStart, lineEnd, startCol, endCol, depth = 1;
  bool primary;
  std::string label;
};

enum Style : uint8_t { Plain, Gutter, Primary, Secondary };

// Rows of styled characters that grow as they are written to.
class Canvas {
public:
  void put(size_t row, size_t col, llvm::StringRef text, Style style) {
    for (size_t i = 0; i < text.size();) {
      unsigned len = utf8Length(text[i]);
      cell(row, col++) = {text.substr(i, len).str(), style};
      i += len;
    }
  }
  void fill(size_t row, size_t from, size_t to, char c, Style style) {
    for (size_t col = from; col < to; ++col)
      if (cell(row, col).text == " " || c != '_')
        cell(row, col) = {std::string(1, c), style};
  }
  size_t rows() const { return rows_.size(); }
  std::string str(bool color, Level level) const {
    std::string out;
    for (const std::vector<Cell> &row : rows_) {
      size_t n = row.size();
      while (n && row[n - 1].text == " ")
        --n;
      Style current = Plain;
      for (size_t i = 0; i < n; ++i) {
        if (color && row[i].style != current) {
          if (current != Plain)
            out += kReset;
          current = row[i].style;
          out += current == Primary ? colorOf(level) : current == Plain ? "" : kBlue;
        }
        out += row[i].text;
      }
      if (color && current != Plain)
        out += kReset;
      out += '\n';
    }
    return out;
  }

private:
  struct Cell { std::string text = " "; Style style = Plain; };
  Cell &cell(size_t row, size_t col) {
    if (rows_.size() <= row)
      rows_.resize(row + 1);
    if (rows_[row].size() <= col)
      rows_[row].resize(col + 1);
    return rows_[row][col];
  }
  std::vector<std::vector<Cell>> rows_;
};

// A line as it is shown: tabs are four spaces. `column` maps a byte offset to a display column.
struct ShownLine {
  std::string text;
  std::vector<unsigned> column;
  // What is behind this many bytes of a line is not shown: generated code can have lines of megabytes.
  static constexpr size_t kLongest = 4096;
  explicit ShownLine(llvm::StringRef source) {
    bool cut = source.size() > kLongest;
    source = source.take_front(kLongest);
    unsigned col = 0;
    for (size_t i = 0; i < source.size();) {
      unsigned len = utf8Length(source[i]);
      for (unsigned k = 0; k < len; ++k)
        column.push_back(col);
      if (source[i] == '\t') {
        text += "    ";
        col += 4;
      } else {
        text += source.substr(i, len);
        col += displayWidth(source.substr(i, len));
      }
      i += len;
    }
    column.push_back(col);
    if (cut)
      text += " ...";
  }
  // Display column of a byte; bytes that are not shown stand at the end.
  unsigned at(unsigned byte) const {
    if (byte < column.size())
      return column[byte];
    return column.size() > kLongest ? column.back() : column.back() + (byte - unsigned(column.size()) + 1);
  }
};

using Lines = std::vector<std::pair<unsigned, std::vector<Annotation>>>; // sorted by line number

std::vector<Annotation> &lineOf(Lines &lines, unsigned number) {
  auto it = llvm::lower_bound(lines, number, [](const auto &l, unsigned n) { return l.first < n; });
  if (it == lines.end() || it->first != number)
    it = lines.insert(it, {number, {}});
  return it->second;
}

bool overlaps(const Annotation &a, const Annotation &b, unsigned padding) {
  auto ranges = [](unsigned s1, unsigned e1, unsigned s2, unsigned e2) { return s2 < e1 && s1 < e2; };
  return ranges(a.startCol, a.endCol + padding, b.startCol, b.endCol) || (a.startCol == b.startCol && a.endCol == b.endCol);
}

class FileView {
public:
  FileView(const RenderContext &ctx, FileId file, unsigned gutter) : ctx_(ctx), file_(file), gutter_(gutter) {}
  void add(const SpanLabel &l);
  void draw(Canvas &canvas);

private:
  void placeMultiLines();
  unsigned codeColumn() const { return gutter_ + 3 + (depth_ ? depth_ + 1 : 0); }
  void gutter(Canvas &c, size_t row, unsigned number);
  std::vector<std::pair<unsigned, Style>> drawLine(Canvas &c, unsigned number, std::vector<Annotation> &anns);

  const RenderContext &ctx_;
  FileId file_;
  unsigned gutter_, depth_ = 0;
  Lines lines_;
  std::vector<MultiLine> multi_;
};

void FileView::add(const SpanLabel &l) {
  Span span = visibleSpan(l.span, ctx_);
  LineCol lo = ctx_.sources.lookup(span.lo), hi = ctx_.sources.lookup(std::max(span.lo, span.hi));
  ShownLine first(ctx_.sources.lineText(file_, lo.line));
  Annotation a;
  a.primary = l.primary;
  a.label = l.text;
  a.startCol = first.at(lo.byteCol);
  if (lo.line == hi.line || hi.file != lo.file) {
    a.endCol = std::max(a.startCol + 1, hi.file == lo.file ? first.at(hi.byteCol) : a.startCol + 1);
    lineOf(lines_, lo.line).push_back(a);
    return;
  }
  ShownLine last(ctx_.sources.lineText(file_, hi.line));
  multi_.push_back({lo.line, hi.line, a.startCol, std::max(1u, last.at(hi.byteCol)), 1, l.primary, l.text});
}

// Brackets that overlap get columns of their own; then each becomes annotations of its first, inner and last lines.
void FileView::placeMultiLines() {
  stableSort(multi_, [](const MultiLine &a, const MultiLine &b) {
    return std::make_pair(a.lineStart, ~a.lineEnd) < std::make_pair(b.lineStart, ~b.lineEnd);
  });
  for (size_t i = 0; i < multi_.size(); ++i)
    for (size_t k = i; k-- > 0;)
      if (multi_[k].lineEnd >= multi_[i].lineStart)
        multi_[i].depth = std::max(multi_[i].depth, multi_[k].depth + 1);
  for (MultiLine &m : multi_)
    depth_ = std::max(depth_, m.depth);
  for (MultiLine &m : multi_)
    m.depth = depth_ - m.depth + 1;
  auto says = [&](unsigned line) {
    llvm::StringRef t = ctx_.sources.lineText(file_, line).trim();
    return t.size() > 1 && !t.starts_with("//");
  };
  for (const MultiLine &m : multi_) {
    Annotation a;
    a.primary = m.primary;
    a.depth = m.depth;
    a.part = Part::Start;
    a.startCol = m.startCol;
    a.endCol = m.startCol + 1;
    lineOf(lines_, m.lineStart).push_back(a);
    a.part = Part::Line;
    a.startCol = a.endCol = 0;
    unsigned middle = std::min(m.lineStart + 4, m.lineEnd), until = middle;
    while (until > m.lineStart + 1 && !says(until - 1))
      --until;
    for (unsigned line = m.lineStart + 1; line < until; ++line)
      lineOf(lines_, line).push_back(a);
    if (middle < m.lineEnd - 1 && says(m.lineEnd - 1))
      lineOf(lines_, m.lineEnd - 1).push_back(a);
    a.part = Part::End;
    a.startCol = m.endCol - 1;
    a.endCol = m.endCol;
    a.label = m.label;
    lineOf(lines_, m.lineEnd).push_back(a);
  }
}

void FileView::gutter(Canvas &c, size_t row, unsigned number) {
  if (number) {
    std::string n = std::to_string(number);
    c.put(row, gutter_ - std::min<size_t>(gutter_, n.size()), n, Gutter);
  }
  c.put(row, gutter_ + 1, "|", Gutter);
}

// Draws a line and what is under it; returns the brackets that go on below.
std::vector<std::pair<unsigned, Style>> FileView::drawLine(Canvas &c, unsigned number, std::vector<Annotation> &anns) {
  size_t row = c.rows();
  unsigned left = gutter_ + 3, code = codeColumn();
  auto styleOf = [](const Annotation &a) { return a.primary ? Primary : Secondary; };
  ShownLine shown(ctx_.sources.lineText(file_, number));
  gutter(c, row, number);
  c.put(row, code, shown.text, Plain);
  std::vector<std::pair<unsigned, Style>> open;
  // A bracket that begins before any text on its line is a mere `/`.
  bool shortStart = !anns.empty();
  for (const Annotation &a : anns)
    if (!(a.part == Part::Line ||
          (a.part == Part::Start && llvm::StringRef(shown.text).take_front(a.startCol).trim().empty())))
      shortStart = false;
  if (shortStart) {
    for (const Annotation &a : anns) {
      if (a.part == Part::Start) {
        c.put(row, left + a.depth - 1, "/", styleOf(a));
        open.push_back({a.depth, styleOf(a)});
      }
    }
    return open;
  }
  stableSort(anns, [](const Annotation &a, const Annotation &b) { return a.startCol > b.startCol; });
  std::vector<Annotation *> drawn;
  for (Annotation &a : anns)
    if (a.part != Part::Line)
      drawn.push_back(&a);
  if (drawn.empty())
    return open;
  std::vector<unsigned> pos(drawn.size());
  unsigned p = 0, height = 0;
  for (size_t i = 0; i < drawn.size(); ++i) {
    const Annotation &a = *drawn[i];
    for (size_t j = i + 1; j < drawn.size(); ++j) {
      const Annotation &next = *drawn[j];
      if (overlaps(next, a, 0) && a.hasLabel() && p == 0) {
        if (next.startCol == a.startCol && next.endCol == a.endCol && !next.hasLabel())
          continue;
        ++p;
        break;
      }
    }
    pos[i] = p;
    for (size_t j = i + 1; j < drawn.size(); ++j) {
      const Annotation &next = *drawn[j];
      unsigned l = next.hasLabel() ? unsigned(displayWidth(next.label)) + 2 : 0;
      if ((overlaps(next, a, l) && a.hasLabel() && next.hasLabel()) || (a.takesSpace() && next.hasLabel()) ||
          (a.hasLabel() && next.takesSpace()) || (a.takesSpace() && next.takesSpace()) ||
          (overlaps(next, a, l) && next.endCol <= a.endCol && next.hasLabel() && p == 0)) {
        ++p;
        break;
      }
    }
    height = std::max(height, p);
  }
  if (height)
    ++height;
  for (unsigned k = 0; k <= height; ++k)
    gutter(c, row + k + 1, 0);
  for (size_t i = 0; i < drawn.size(); ++i)
    if (drawn[i]->takesSpace())
      c.fill(row + pos[i] + 1, left + drawn[i]->depth, code + drawn[i]->startCol, '_', styleOf(*drawn[i]));
  for (size_t i = 0; i < drawn.size(); ++i) {
    const Annotation &a = *drawn[i];
    if (pos[i] && (a.hasLabel() || a.takesSpace()))
      for (unsigned k = 1; k <= pos[i] + 1; ++k)
        c.put(row + k, code + a.startCol, "|", styleOf(a));
    if (a.part == Part::Start)
      for (unsigned k = pos[i] + 2; k <= height + 1; ++k)
        c.put(row + k, left + a.depth - 1, "|", styleOf(a));
    if (a.part == Part::End)
      for (unsigned k = 0; k <= pos[i] + 1; ++k)
        c.put(row + k, left + a.depth - 1, "|", styleOf(a));
    if (a.part == Part::Start)
      open.push_back({a.depth, styleOf(a)});
  }
  for (size_t i = 0; i < drawn.size(); ++i) {
    const Annotation &a = *drawn[i];
    if (!a.hasLabel())
      continue;
    size_t at = pos[i] == 0 ? row + 1 : row + pos[i] + 2;
    unsigned col = pos[i] == 0 ? a.endCol + 1 : a.startCol;
    std::string indent(1, ' ');
    llvm::SmallVector<llvm::StringRef, 2> rows;
    llvm::StringRef(a.label).split(rows, '\n');
    for (size_t r = 0; r < rows.size(); ++r) {
      if (r)
        gutter(c, at + r, 0);
      c.put(at + r, code + col, rows[r], styleOf(a));
    }
  }
  std::vector<Annotation *> bySize = drawn;
  stableSort(bySize, [](const Annotation *a, const Annotation *b) {
    return std::make_pair(a->endCol - a->startCol, !a->primary) > std::make_pair(b->endCol - b->startCol, !b->primary);
  });
  for (const Annotation *a : bySize)
    c.put(row + 1, code + a->startCol, std::string(a->endCol - a->startCol, a->primary ? '^' : '-'), styleOf(*a));
  return open;
}

void FileView::draw(Canvas &c) {
  placeMultiLines();
  gutter(c, c.rows(), 0);
  std::vector<std::pair<unsigned, Style>> open;
  unsigned previous = 0;
  auto bars = [&](size_t from, size_t to) {
    for (size_t row = from; row < to; ++row)
      for (auto [depth, style] : open)
        c.put(row, gutter_ + 3 + depth - 1, "|", style);
  };
  for (auto &[number, anns] : lines_) {
    if (previous && number > previous + 2) {
      size_t row = c.rows();
      c.put(row, 0, "...", Gutter);
      bars(row, row + 1);
    } else if (previous && number == previous + 2) {
      size_t row = c.rows();
      std::vector<Annotation> none;
      drawLine(c, previous + 1, none);
      bars(row, row + 1);
    }
    size_t row = c.rows();
    std::vector<unsigned> ending;
    for (const Annotation &a : anns)
      if (a.part == Part::End)
        ending.push_back(a.depth);
    std::vector<std::pair<unsigned, Style>> began = drawLine(c, number, anns);
    auto ends = [&](std::pair<unsigned, Style> o) { return llvm::is_contained(ending, o.first); };
    std::vector<std::pair<unsigned, Style>> through;
    for (auto o : open)
      if (!ends(o))
        through.push_back(o);
    open = through;
    bars(row, c.rows());
    open.insert(open.end(), began.begin(), began.end());
    previous = number;
  }
}

} // namespace

void Snippet::annotate(llvm::ArrayRef<SpanLabel> spans, Level level, std::string &out) {
  std::vector<FileId> files;
  Span primary;
  for (bool wantPrimary : {true, false})
    for (const SpanLabel &l : spans) {
      Span s = visibleSpan(l.span, ctx_);
      FileId f = ctx_.sources.fileOf(s.lo);
      if (l.primary != wantPrimary || !f)
        continue;
      if (l.primary && primary.isDummy())
        primary = s;
      if (!llvm::is_contained(files, f))
        files.push_back(f);
    }
  for (size_t i = 0; i < files.size(); ++i) {
    FileView view(ctx_, files[i], gutter_);
    Span head;
    for (const SpanLabel &l : spans) {
      Span s = visibleSpan(l.span, ctx_);
      if (ctx_.sources.fileOf(s.lo) != files[i])
        continue;
      view.add(l);
      if (head.isDummy() || (i == 0 && l.primary && s == primary))
        head = s;
    }
    LineCol at = ctx_.sources.lookup(head.lo);
    std::string arrow = std::string(gutter_, ' ') + (i == 0 ? "--> " : "::: ");
    out += color_ ? kBlue + arrow + kReset : arrow;
    out += ctx_.sources.file(files[i]).name + ":" + std::to_string(at.line) + ":" + std::to_string(at.col) + "\n";
    Canvas canvas;
    view.draw(canvas);
    out += canvas.str(color_, level);
  }
}

// An insertion is shown in place with `+` under it; a replacement as the old and the new line.
void Snippet::suggestion(const Suggestion &s, std::string &out) {
  if (s.parts.empty())
    return;
  auto gutter = [&](const std::string &number, const char *sep) {
    std::string g = std::string(gutter_ - std::min<size_t>(gutter_, number.size()), ' ') + number + " " + sep;
    out += color_ ? kBlue + g + kReset : g;
  };
  gutter("", "|\n");
  for (const auto &[raw, text] : s.parts) {
    Span span = visibleSpan(raw, ctx_);
    LineCol lo = ctx_.sources.lookup(span.lo), hi = ctx_.sources.lookup(span.hi);
    if (!lo.file || lo.file != hi.file)
      continue;
    std::string first = ctx_.sources.lineText(lo.file, lo.line).str(), last = ctx_.sources.lineText(lo.file, hi.line).str();
    std::string changed = first.substr(0, lo.byteCol) + text + (hi.byteCol <= last.size() ? last.substr(hi.byteCol) : "");
    std::string number = std::to_string(lo.line);
    bool insertion = span.lo == span.hi;
    if (insertion) {
      gutter(number, "| ");
      out += ShownLine(changed).text + "\n";
      gutter("", "| ");
      out += std::string(ShownLine(first).at(lo.byteCol), ' ') + std::string(std::max<size_t>(1, displayWidth(llvm::StringRef(text).rtrim())), '+') + "\n";
    } else {
      gutter(number, "- ");
      out += ShownLine(first).text + "\n";
      gutter(number, "+ ");
      out += ShownLine(changed).text + "\n";
      gutter("", "|\n");
    }
  }
}

} // namespace ferric::diag
