#include "counting_new.h"

#include <atomic>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

std::atomic<std::size_t> calls{0};
std::atomic<std::size_t> frees{0};
std::atomic<std::size_t> held_bytes{0};

void* counted(std::size_t alignment, std::size_t bytes) {
    calls.fetch_add(1, std::memory_order_relaxed);
    const std::size_t rounded = (bytes + alignment) / alignment * alignment;
    if (void* memory = std::aligned_alloc(alignment, rounded)) {
        held_bytes.fetch_add(malloc_usable_size(memory), std::memory_order_relaxed);
        return memory;
    }
    throw std::bad_alloc();
}

void give_back(void* memory) noexcept {
    if (memory == nullptr) return;
    frees.fetch_add(1, std::memory_order_relaxed);
    held_bytes.fetch_sub(malloc_usable_size(memory), std::memory_order_relaxed);
    std::free(memory);
}

}  // namespace

void* operator new(std::size_t bytes) {
    return counted(alignof(std::max_align_t), bytes);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    return counted(static_cast<std::size_t>(alignment), bytes);
}
void operator delete(void* memory) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    give_back(memory);
}

namespace writ {

std::size_t allocation_count() noexcept {
    return calls.load(std::memory_order_relaxed);
}

Held held() noexcept {
    return {calls.load(std::memory_order_relaxed) - frees.load(std::memory_order_relaxed),
            held_bytes.load(std::memory_order_relaxed)};
}

}  // namespace writ
