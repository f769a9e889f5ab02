#include <algorithm>
#include <cstring>

#include "verifier/math/expr.h"

namespace assay::math {
namespace {

// The first block holds a typical answer; later ones double.
constexpr size_t kFirstBlockBytes = 16 << 10;
constexpr size_t kLargestBlockBytes = 1 << 20;

static_assert(static_cast<int>(Kind::kDerivative) < 64);
static_assert(static_cast<int>(Function::kCross) < 64);
static_assert(static_cast<int>(Constant::kUndefined) < 8);

}  // namespace

void* Arena::Allocate(size_t bytes, size_t alignment) {
  while (true) {
    if (block_index_ < blocks_.size()) {
      Block& block = blocks_[block_index_];
      const size_t start = (block_used_ + alignment - 1) & ~(alignment - 1);
      if (start + bytes <= block.size_bytes) {
        block_used_ = start + bytes;
        return block.bytes.get() + start;
      }
      if (block_index_ + 1 < blocks_.size()) {
        ++block_index_;
        block_used_ = 0;
        continue;
      }
    }
    size_t size = blocks_.empty() ? kFirstBlockBytes
                                  : std::min(blocks_.back().size_bytes * 2,
                                             kLargestBlockBytes);
    size = std::max(size, bytes + alignment);
    if (bytes_reserved_ + size > kBytesMax) return nullptr;
    blocks_.push_back({std::unique_ptr<char[]>(new char[size]), size});
    bytes_reserved_ += size;
    block_index_ = blocks_.size() - 1;
    block_used_ = 0;
  }
}

Expr* Arena::New(Kind kind, uint16_t detail) {
  if (nodes_count_ >= kNodesMax) return nullptr;
  void* place = Allocate(sizeof(Expr), alignof(Expr));
  if (place == nullptr) return nullptr;
  ++nodes_count_;
  Expr* node = new (place) Expr;
  node->kind = kind;
  node->detail = detail;
  Contents& own = node->contents;
  own.kinds = Contents::Bit(kind);
  if (kind == Kind::kFunction) own.functions = uint64_t{1} << detail;
  if (kind == Kind::kConstant) own.constants = 1 << detail;
  return node;
}

bool Arena::SetChildren(Expr* node, const Expr* const* children, size_t count) {
  uint16_t depth = 0;
  Contents& all = node->contents;
  for (size_t i = 0; i < count; ++i) {
    if (children[i] == nullptr) continue;
    depth = std::max(depth, children[i]->depth);
    const Contents& held = children[i]->contents;
    all.kinds |= held.kinds;
    all.functions |= held.functions;
    all.constants |= held.constants;
  }
  if (depth >= kDepthMax) return false;
  node->depth = depth + 1;
  node->children_count = static_cast<uint32_t>(count);
  if (count == 0) {
    node->children_begin = nullptr;
    return true;
  }
  void* place = Allocate(count * sizeof(Expr*), alignof(Expr*));
  if (place == nullptr) return false;
  std::memcpy(place, children, count * sizeof(Expr*));
  node->children_begin = static_cast<const Expr* const*>(place);
  return true;
}

std::string_view Arena::Copy(std::string_view text) {
  char* place = AllocateBytes(text.size());
  if (place == nullptr) return {};
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

char* Arena::AllocateBytes(size_t bytes) {
  return static_cast<char*>(Allocate(std::max<size_t>(bytes, 1), 1));
}

Number* Arena::NewNumber() {
  void* place = Allocate(sizeof(Number), alignof(Number));
  return place == nullptr ? nullptr : new (place) Number;
}

void Arena::Reset() {
  block_index_ = 0;
  block_used_ = 0;
  nodes_count_ = 0;
}

}  // namespace assay::math
