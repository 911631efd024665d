/// What the attention kernels need and Swift cannot say: one struct that two builds of the same
/// Swift sources share, prefetches, vectors whose numbers change places, halves, and what the
/// processor can do.
#ifndef HEADROOM_CATTENTIONKERNELS_H
#define HEADROOM_CATTENTIONKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// One K/V head's keys and values over a run of tokens, the query rows that read them, and where
/// their partial result goes. Here, since two Swift modules would define two types of the name.
///
///     score  = scale * queries * keysᵀ             [rows, tokens]
///     maxima = max(score), sums = Σ 2^(score - maxima)         [rows]
///     outputs = 2^(score - maxima) * values        [rows, valueWidth]
///
/// Powers of 2 take fewer steps than powers of e: `scale` holds the factor log2(e) between them.
struct AttentionTile {
    /// [rows] rows of keyWidth numbers, queryStride numbers apart.
    const float *queries;
    /// For `kernelRows` rows, `rows` or more, the kernel is chosen: kernels add in other orders.
    ptrdiff_t rows, kernelRows, keyWidth, valueWidth, queryStride;
    float scale;
    /// [tokens] rows of keyWidth and valueWidth numbers, each stride numbers apart.
    const void *keys, *values;
    ptrdiff_t tokens, keyStride, valueStride;
    /// [rows], [rows] and [rows, valueWidth], written.
    float *maxima, *sums, *outputs;
};

/// Asks for a line of memory that is read soon, into the first-level cache or, for later, into the
/// second-level cache.
static inline void prefetchNear(const void *address) { __builtin_prefetch(address, 0, 3); }
static inline void prefetchFar(const void *address) { __builtin_prefetch(address, 0, 2); }

/// Eight numbers; Swift's SIMD8<Float>.
typedef float VectorOf8 __attribute__((ext_vector_type(8)));

/// The eight vectors' sums over lanes, in seven additions. Swift can only name numbers one by one,
/// and its compiler then adds them one by one: that took a third of the time of all scores.
static inline __attribute__((always_inline)) VectorOf8 sumsOverLanes(
    VectorOf8 a, VectorOf8 b, VectorOf8 c, VectorOf8 d, VectorOf8 e, VectorOf8 f, VectorOf8 g,
    VectorOf8 h) {
#define LOW_HALVES(x, y) __builtin_shufflevector(x, y, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH_HALVES(x, y) __builtin_shufflevector(x, y, 4, 5, 6, 7, 12, 13, 14, 15)
#define LOW_NUMBERS(x, y) __builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH_NUMBERS(x, y) __builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15)
#define LOW_PAIRS(x, y) __builtin_shufflevector(x, y, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH_PAIRS(x, y) __builtin_shufflevector(x, y, 2, 3, 10, 11, 6, 7, 14, 15)
    VectorOf8 ae = LOW_HALVES(a, e) + HIGH_HALVES(a, e);
    VectorOf8 bf = LOW_HALVES(b, f) + HIGH_HALVES(b, f);
    VectorOf8 cg = LOW_HALVES(c, g) + HIGH_HALVES(c, g);
    VectorOf8 dh = LOW_HALVES(d, h) + HIGH_HALVES(d, h);
    VectorOf8 aebf = LOW_NUMBERS(ae, bf) + HIGH_NUMBERS(ae, bf);
    VectorOf8 cgdh = LOW_NUMBERS(cg, dh) + HIGH_NUMBERS(cg, dh);
    return LOW_PAIRS(aebf, cgdh) + HIGH_PAIRS(aebf, cgdh);
}

#if defined(__AVX512F__)
/// Sixteen numbers; Swift's SIMD16<Float>.
typedef float VectorOf16 __attribute__((ext_vector_type(16)));
typedef unsigned BitsOf16 __attribute__((ext_vector_type(16)));

/// Two neighbouring bfloat16 from any address, each into all lanes. Named as instructions, since
/// what compilers make of them waits: they shift before they spread, in an integer register, or
/// spread as if for a fraction, or multiply the one number before they make the other. That took a
/// tenth to a third of the time.
static inline __attribute__((always_inline)) void spreadBFloat16Pair(
    const void *address, void *even, void *odd) {
    __asm__("vpbroadcastd %2, %1\n\t"
            "vpslld $16, %1, %0\n\t"
            "vpandd %3, %1, %1"
            : "=&v"(*(VectorOf16 *)even), "=&v"(*(VectorOf16 *)odd)
            : "m"(*(const char(*)[4])address), "v"((BitsOf16)0xFFFF0000));
}
#endif

/// The half-precision number at any address, in 32 bits.
static inline __attribute__((always_inline)) float halfAt(const void *address) {
#if defined(__F16C__)
    _Float16 half;
    __builtin_memcpy(&half, address, 2);
    return half;
#else
    uint16_t bits;
    __builtin_memcpy(&bits, address, 2);
    uint32_t sign = (uint32_t)(bits & 0x8000) << 16, rest = bits & 0x7FFF, pattern;
    float magnitude;
    if (rest >= 0x7C00) {
        pattern = 0x7F800000 | (rest & 0x3FF) << 13;
    } else {
        // Shifted into place the exponent is 112 too small; the product sets it right.
        pattern = rest << 13;
        __builtin_memcpy(&magnitude, &pattern, 4);
        magnitude *= 0x1p112f;
        __builtin_memcpy(&pattern, &magnitude, 4);
    }
    pattern |= sign;
    __builtin_memcpy(&magnitude, &pattern, 4);
    return magnitude;
#endif
}

/// The half-precision number nearest to one of 32 bits, ties to even: its bits. Not a number stays
/// none, and what is past the largest is infinite.
static inline uint16_t halfNearest(float number) {
    uint32_t bits;
    __builtin_memcpy(&bits, &number, 4);
    uint32_t sign = bits & 0x80000000, rest = bits ^ sign;
    if (rest > 0x7F800000) {
        rest = 0x7E00;
    } else if (rest >= 0x47800000) {
        rest = 0x7C00;
    } else if (rest < 0x38800000) {
        // Below the smallest normal number: added to 1/2, the last bits are units of 2^-24.
        float sum;
        __builtin_memcpy(&sum, &rest, 4);
        sum += 0.5f;
        __builtin_memcpy(&rest, &sum, 4);
        rest -= 0x3F000000;
    } else {
        // The exponent becomes 112 less; a carry out of the fraction goes into it, up to infinity.
        rest = (rest - 0x38000000 + 0xFFF + (rest >> 13 & 1)) >> 13;
    }
    return (uint16_t)(sign >> 16 | rest);
}

#if defined(__AVX2__)
typedef char BytesOf16 __attribute__((vector_size(16)));
typedef short ShortsOf16 __attribute__((vector_size(32)));
typedef int IntsOf8 __attribute__((vector_size(32)));

/// Eight sums of four products of 16-bit numbers, 32 with 32.
static inline __attribute__((always_inline)) VectorOf8 sumsOfProducts(
    ShortsOf16 first, ShortsOf16 second, const void *numbers) {
    ShortsOf16 x, y;
    __builtin_memcpy(&x, numbers, 32);
    __builtin_memcpy(&y, (const char *)numbers + 32, 32);
    IntsOf8 sums = (IntsOf8)__builtin_ia32_pmaddwd256(first, x) +
                   (IntsOf8)__builtin_ia32_pmaddwd256(second, y);
    return (VectorOf8)__builtin_convertvector(sums, VectorOf8);
}
#endif

/// The products of 32 weights of 4 bits, the low halves of 16 bytes before the high ones, with 32
/// numbers of 16 bits: eight sums of four, in no order.
static inline __attribute__((always_inline)) VectorOf8 productsOfNibbles(
    const void *nibbles, const void *numbers) {
#if defined(__AVX2__)
    typedef short ShortsOf8 __attribute__((vector_size(16)));
    BytesOf16 pairs, low = {15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15};
    __builtin_memcpy(&pairs, nibbles, 16);
    BytesOf16 high = (BytesOf16)((ShortsOf8)pairs >> 4) & low;
    return sumsOfProducts(
        __builtin_convertvector(pairs & low, ShortsOf16),
        __builtin_convertvector(high, ShortsOf16), numbers);
#else
    const uint8_t *w = nibbles;
    const int16_t *x = numbers;
    int sums[8] = {0};
    for (int index = 0; index < 16; index++) {
        sums[index % 8] += (w[index] & 15) * x[index] + (w[index] >> 4) * x[index + 16];
    }
    VectorOf8 result;
    for (int index = 0; index < 8; index++) result[index] = (float)sums[index];
    return result;
#endif
}

/// The products of 32 signed bytes with 32 numbers of 16 bits: eight sums of four, in no order.
static inline __attribute__((always_inline)) VectorOf8 productsOfBytes(
    const void *weights, const void *numbers) {
#if defined(__AVX2__)
    BytesOf16 first, second;
    __builtin_memcpy(&first, weights, 16);
    __builtin_memcpy(&second, (const char *)weights + 16, 16);
    return sumsOfProducts(
        __builtin_convertvector(first, ShortsOf16), __builtin_convertvector(second, ShortsOf16),
        numbers);
#else
    const int8_t *w = weights;
    const int16_t *x = numbers;
    int sums[8] = {0};
    for (int index = 0; index < 32; index++) sums[index % 8] += w[index] * x[index];
    VectorOf8 result;
    for (int index = 0; index < 8; index++) result[index] = (float)sums[index];
    return result;
#endif
}

/// Whether the kernels built for x86-64-v3 (AVX2, FMA) run here; asks the processor by `cpuid`.
int processorHasAVX2(void);

/// Whether those built for x86-64-v4 (AVX-512) do too.
int processorHasAVX512(void);

#endif
