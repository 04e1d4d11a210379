// Two passes over a list of operations. The first computes for every box and break how much text follows up to where a line could
// be broken next; the second prints, breaking where that does not fit into the line. rustc does the same with a bounded buffer.
#include "lex/pretty.h"
#include <algorithm>

namespace ferric::lex {

void Pretty::text(llvm::StringRef s) {
  Item i{Op::Text};
  i.begin = uint32_t(chars_.size());
  i.len = uint32_t(s.size());
  chars_ += s;
  items_.push_back(i);
  total_ += int(s.size());
}

void Pretty::open(int indent, bool consistent) {
  Item i{Op::Begin};
  i.consistent = consistent;
  i.offset = indent;
  i.size = -total_;
  scan_.push_back(uint32_t(items_.size()));
  items_.push_back(i);
}

void Pretty::end() {
  scan_.push_back(uint32_t(items_.size()));
  items_.push_back({Op::End});
}

void Pretty::space(int blank, int offset) {
  resolve();
  Item i{Op::Break};
  i.blank = blank;
  i.offset = offset;
  i.size = -total_;
  scan_.push_back(uint32_t(items_.size()));
  items_.push_back(i);
  total_ += blank;
}

// A break ends what boxes closed since the last one, and that break, have to fit.
void Pretty::resolve() {
  unsigned depth = 0;
  while (!scan_.empty()) {
    Item &i = items_[scan_.back()];
    if (i.op == Op::Begin && depth == 0)
      return;
    scan_.pop_back();
    if (i.op == Op::End) {
      ++depth;
      continue;
    }
    i.size += total_;
    if (i.op == Op::Begin)
      --depth;
    else if (depth == 0)
      return;
  }
}

bool Pretty::atLineStart() const {
  return items_.empty() || (items_.back().op == Op::Break && items_.back().blank == kInfinity && items_.back().offset == 0);
}

std::string Pretty::finish() {
  while (!scan_.empty()) {
    resolve();
    if (!scan_.empty() && items_[scan_.back()].op == Op::Begin) {
      items_[scan_.back()].size += total_;
      scan_.pop_back();
    }
  }
  struct Frame { bool broken, consistent; int indent; };
  std::vector<Frame> frames;
  std::string out;
  int space = kMargin, indent = 0, pending = 0;
  for (const Item &i : items_) {
    switch (i.op) {
    case Op::Text:
      out.append(size_t(std::max(pending, 0)), ' ');
      pending = 0;
      out.append(chars_, i.begin, i.len);
      space -= int(i.len);
      break;
    case Op::Begin:
      frames.push_back({i.size > space, i.consistent, indent});
      if (i.size > space)
        indent += i.offset;
      break;
    case Op::End:
      if (!frames.empty()) {
        if (frames.back().broken)
          indent = frames.back().indent;
        frames.pop_back();
      }
      break;
    case Op::Break: {
      bool fits = frames.empty() ? i.size <= space : !frames.back().broken || (!frames.back().consistent && i.size <= space);
      if (fits) {
        pending += i.blank;
        space -= i.blank;
        break;
      }
      out += '\n';
      pending = indent + i.offset;
      space = std::max(kMargin - pending, kMinSpace);
      break;
    }
    }
  }
  return out;
}

} // namespace ferric::lex
