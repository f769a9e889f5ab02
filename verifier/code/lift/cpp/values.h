// Values of C++ as words, by type; ASSAY_WITH_X stands for a header <X> that
// the signatures need. After wire.h.
namespace assay_lift {

template <class T>
struct Wire;

#define ASSAY_SIGNED(T)                                                        \
  template <>                                                                  \
  struct Wire<T> {                                                             \
    static constexpr unsigned long long kMax =                                 \
        (1ull << (sizeof(T) * 8 - 1)) - 1;                                     \
    static void Put(T v) {                                                     \
      assay_put_integer(                                                       \
          v < 0, v < 0 ? 0 - (unsigned long long)v : (unsigned long long)v);   \
    }                                                                          \
    static T Take() {                                                          \
      int negative;                                                            \
      unsigned long long size = assay_take_integer(&negative, kMax + 1, kMax); \
      return static_cast<T>(negative ? 0 - size : size);                       \
    }                                                                          \
  };
#define ASSAY_UNSIGNED(T)                                        \
  template <>                                                    \
  struct Wire<T> {                                               \
    static void Put(T v) { assay_put_integer(0, v); }            \
    static T Take() {                                            \
      int negative;                                              \
      return static_cast<T>(                                     \
          assay_take_integer(&negative, 0, static_cast<T>(-1))); \
    }                                                            \
  };
ASSAY_SIGNED(signed char)
ASSAY_SIGNED(short)
ASSAY_SIGNED(int)
ASSAY_SIGNED(long)
ASSAY_SIGNED(long long)
ASSAY_UNSIGNED(unsigned char)
ASSAY_UNSIGNED(unsigned short)
ASSAY_UNSIGNED(unsigned int)
ASSAY_UNSIGNED(unsigned long)
ASSAY_UNSIGNED(unsigned long long)

template <>
struct Wire<bool> {
  static void Put(bool v) { assay_put_bool(v); }
  static bool Take() { return assay_take_bool(); }
};
template <>
struct Wire<char> {
  static void Put(char v) { assay_put_string(&v, 1); }
  static char Take() {
    unsigned long size;
    const char* text = assay_take_string(&size);
    if (size != 1) assay_lost();
    return text[0];
  }
};
template <>
struct Wire<float> {
  static void Put(float v) { assay_put_double(v); }
  static float Take() { return assay_take_float(); }
};
template <>
struct Wire<double> {
  static void Put(double v) { assay_put_double(v); }
  static double Take() { return assay_take_double(); }
};
template <>
struct Wire<long double> {
  static void Put(long double v) { assay_put_long_double(v); }
  static long double Take() { return assay_take_long_double(); }
};

// Of text that a pointer or a view shows: kept until the end.
inline const char* Keep(unsigned long* size) {
  const char* text = assay_take_string(size);
  char* kept = (char*)assay_realloc(0, *size + 1);
  if (!kept) assay_lost();
  __builtin_memcpy(kept, text, *size);
  kept[*size] = 0;
  return kept;
}
template <>
struct Wire<const char*> {
  static void Put(const char* v) {
    if (!v) return assay_put_word("n");
    assay_put_string(v, __builtin_strlen(v));
  }
  static const char* Take() {
    unsigned long size;
    if (!assay_is('n')) return Keep(&size);
    assay_take('n');
    return nullptr;
  }
};

#ifdef ASSAY_WITH_string
template <>
struct Wire<::std::string> {
  static void Put(const ::std::string& v) {
    assay_put_string(v.data(), v.size());
  }
  static ::std::string Take() {
    unsigned long size;
    const char* text = assay_take_string(&size);
    return ::std::string(text, size);
  }
};
#endif
#ifdef ASSAY_WITH_string_view
template <>
struct Wire<::std::string_view> {
  static void Put(::std::string_view v) {
    assay_put_string(v.data(), v.size());
  }
  static ::std::string_view Take() {
    unsigned long size;
    const char* text = Keep(&size);
    return ::std::string_view(text, size);
  }
};
#endif

template <char Letter, class C, class E>
struct Items {
  static void Put(const C& v) {
    unsigned long count = 0;
    for (auto i = v.begin(); i != v.end(); ++i) ++count;
    assay_put_count(Letter, count);
    for (auto i = v.begin(); i != v.end(); ++i) Wire<E>::Put(*i);
  }
  static C Take() {
    C made;
    for (unsigned long n = assay_take_count(Letter); n > 0; --n) {
      made.insert(made.end(), Wire<E>::Take());
    }
    return made;
  }
};
#define ASSAY_ITEMS(letter, name) \
  template <class E>              \
  struct Wire<::std::name<E>> : Items<letter, ::std::name<E>, E> {};
#ifdef ASSAY_WITH_vector
ASSAY_ITEMS('l', vector)
#endif
#ifdef ASSAY_WITH_deque
ASSAY_ITEMS('l', deque)
#endif
#ifdef ASSAY_WITH_list
ASSAY_ITEMS('l', list)
#endif
#ifdef ASSAY_WITH_set
ASSAY_ITEMS('e', set)
ASSAY_ITEMS('e', multiset)
#endif
#ifdef ASSAY_WITH_unordered_set
ASSAY_ITEMS('e', unordered_set)
ASSAY_ITEMS('e', unordered_multiset)
#endif

template <class C, class K, class V>
struct Entries {
  static void Put(const C& v) {
    assay_put_count('m', v.size());
    for (const auto& entry : v) {
      Wire<K>::Put(entry.first);
      Wire<V>::Put(entry.second);
    }
  }
  static C Take() {
    C made;
    for (unsigned long n = assay_take_count('m'); n > 0; --n) {
      K key = Wire<K>::Take();
      made.emplace(static_cast<K&&>(key), Wire<V>::Take());
    }
    return made;
  }
};
#define ASSAY_ENTRIES(name)   \
  template <class K, class V> \
  struct Wire<::std::name<K, V>> : Entries<::std::name<K, V>, K, V> {};
#ifdef ASSAY_WITH_map
ASSAY_ENTRIES(map)
ASSAY_ENTRIES(multimap)
#endif
#ifdef ASSAY_WITH_unordered_map
ASSAY_ENTRIES(unordered_map)
ASSAY_ENTRIES(unordered_multimap)
#endif

inline void TakeWidth(unsigned long width) {
  if (assay_take_count('p') != width) assay_lost();
}
#ifdef ASSAY_WITH_array
template <class E, unsigned long N>
struct Wire<::std::array<E, N>> {
  static void Put(const ::std::array<E, N>& v) {
    assay_put_count('l', N);
    for (const E& e : v) Wire<E>::Put(e);
  }
  static ::std::array<E, N> Take() {
    ::std::array<E, N> made{};
    if (assay_take_count('l') != N) assay_lost();
    for (E& e : made) e = Wire<E>::Take();
    return made;
  }
};
#endif
#ifdef ASSAY_WITH_utility
template <class A, class B>
struct Wire<::std::pair<A, B>> {
  static void Put(const ::std::pair<A, B>& v) {
    assay_put_count('p', 2);
    Wire<A>::Put(v.first);
    Wire<B>::Put(v.second);
  }
  static ::std::pair<A, B> Take() {
    TakeWidth(2);
    return ::std::pair<A, B>{Wire<A>::Take(), Wire<B>::Take()};
  }
};
#endif
#ifdef ASSAY_WITH_tuple
template <class... Ts>
struct Wire<::std::tuple<Ts...>> {
  static void Put(const ::std::tuple<Ts...>& v) {
    assay_put_count('p', sizeof...(Ts));
    ::std::apply([](const Ts&... each) { (Wire<Ts>::Put(each), ...); }, v);
  }
  static ::std::tuple<Ts...> Take() {
    TakeWidth(sizeof...(Ts));
    return ::std::tuple<Ts...>{Wire<Ts>::Take()...};
  }
};
#endif
#ifdef ASSAY_WITH_optional
template <class T>
struct Wire<::std::optional<T>> {
  static void Put(const ::std::optional<T>& v) {
    if (!v) return assay_put_word("n");
    assay_put_word("o");
    Wire<T>::Put(*v);
  }
  static ::std::optional<T> Take() {
    if (assay_is('n')) {
      assay_take('n');
      return ::std::nullopt;
    }
    assay_take('o');
    return ::std::optional<T>(Wire<T>::Take());
  }
};
#endif
#ifdef ASSAY_WITH_complex
template <class T>
struct Wire<::std::complex<T>> {
  static void Put(const ::std::complex<T>& v) {
    assay_put_count('p', 2);
    Wire<T>::Put(v.real());
    Wire<T>::Put(v.imag());
  }
  static ::std::complex<T> Take() {
    TakeWidth(2);
    T real = Wire<T>::Take();
    return ::std::complex<T>(real, Wire<T>::Take());
  }
};
#endif

#ifdef ASSAY_EXAMINER
// The candidate's exception, thrown as what C++ calls it, else as
// std::runtime_error.
[[noreturn]] inline void Throw() {
  char name[64];
  unsigned long size;
  const char* word = assay_word(&size);
  if (!word || size >= sizeof name) assay_lost();
  __builtin_memcpy(name, word, size);
  name[size] = 0;
  word = assay_word(&size);
  if (!word) assay_lost();
  const char* text = assay_unescape(word, &size);
  const ::std::string what(text, size);
  assay_end_line();
#define ASSAY_THROW(mangled, type) \
  if (!__builtin_strcmp(name, mangled)) throw ::std::type(what);
  ASSAY_THROW("St16invalid_argument", invalid_argument)
  ASSAY_THROW("St12out_of_range", out_of_range)
  ASSAY_THROW("St12length_error", length_error)
  ASSAY_THROW("St12domain_error", domain_error)
  ASSAY_THROW("St11logic_error", logic_error)
  ASSAY_THROW("St11range_error", range_error)
  ASSAY_THROW("St14overflow_error", overflow_error)
  ASSAY_THROW("St15underflow_error", underflow_error)
  throw ::std::runtime_error(what);
}

// An exception that the tests do not catch ends them.
[[noreturn]] inline void Uncaught() {
  const char* name = "exception";
  assay_out_size = 0;
  assay_put("raise ", 6);
  assay_put(name, __builtin_strlen(name));
  assay_put(" ", 1);
  try {
    throw;
  } catch (const ::std::exception& e) {
    const unsigned long size = __builtin_strlen(e.what());
    assay_put_escaped(e.what(), size < 1000 ? size : 1000);
  } catch (...) {
  }
  assay_put("\n", 1);
  assay_say(assay_out, assay_out_size);
  assay_exit(0);
}
struct Watch {
  Watch() { ::std::set_terminate(Uncaught); }
};
static Watch watch;
#else
inline void PutRaise(const char* type, const char* text) {
  const unsigned long size = __builtin_strlen(text);
  assay_out_size = 0;
  assay_put_word("raise");
  assay_put_word("");
  assay_put_escaped(type, __builtin_strlen(type));
  assay_put_word(size ? "" : "-");
  assay_put_escaped(text, size < 4096 ? size : 4096);
}

// Answers calls until the examiner ends.
inline int Serve(void (*const* functions)(), unsigned count) {
  assay_put_word("ready");
  assay_flush();
  for (;;) {
    const unsigned number = assay_take_call(count);
    try {
      functions[number]();
    } catch (const ::std::exception& e) {
      PutRaise(typeid(e).name(), e.what());
    } catch (...) {
      PutRaise("unknown", "");
    }
    assay_flush();
  }
}
#endif

}  // namespace assay_lift
