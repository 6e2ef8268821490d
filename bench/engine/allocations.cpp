#include <atomic>
#include <cstdlib>
#include <new>

#include "bench/engine/benchmarks.h"

namespace {
std::atomic<std::size_t> allocation_count{0};

void* counted(std::size_t bytes) {
    allocation_count.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t bytes) {
    return counted(bytes);
}
void* operator new[](std::size_t bytes) {
    return counted(bytes);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace writ::bench {

std::size_t allocations() noexcept {
    return allocation_count.load(std::memory_order_relaxed);
}

}  // namespace writ::bench
