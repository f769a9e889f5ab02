// Package assaywire carries calls between an examiner and a candidate over
// descriptor 5. docs/LIFTING.md gives the frames and the grammar of values.
//
// A value of static type interface{} is `n`, or a pair of the text of its
// type and the value, so that its type crosses too. A nil slice or map is
// `n`, a pointer is `n` or `o V`, an error `n` or its text. Of the arguments
// after a call, one that did not change is `u`.
package assaywire

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"sort"
	"strconv"
	"syscall"
)

const (
	channel   = 5
	maxLine   = 16 << 20
	maxDepth  = 200
	maxCount  = 1000000
	chunkSize = 64 << 10
)

var (
	anyType   = reflect.TypeOf((*interface{})(nil)).Elem()
	errorType = reflect.TypeOf((*error)(nil)).Elem()
	basic     = map[string]reflect.Type{
		"bool": reflect.TypeOf(false), "string": reflect.TypeOf(""),
		"int": reflect.TypeOf(int(0)), "int8": reflect.TypeOf(int8(0)),
		"int16": reflect.TypeOf(int16(0)), "int32": reflect.TypeOf(int32(0)),
		"int64": reflect.TypeOf(int64(0)), "uint": reflect.TypeOf(uint(0)),
		"uint8": reflect.TypeOf(uint8(0)), "uint16": reflect.TypeOf(uint16(0)),
		"uint32": reflect.TypeOf(uint32(0)), "uint64": reflect.TypeOf(uint64(0)),
		"uintptr": reflect.TypeOf(uintptr(0)),
		"float32": reflect.TypeOf(float32(0)), "float64": reflect.TypeOf(float64(0)),
		"complex64":  reflect.TypeOf(complex64(0)),
		"complex128": reflect.TypeOf(complex128(0)),
		"error":      errorType, "interface {}": anyType,
	}
)

// malformed is what the codec panics with; nothing else of it escapes.
type malformed string

// ---- lines

type lines struct {
	rest []byte
	ends bool
}

// next gives a line without its end; false: there is none.
func (l *lines) next() ([]byte, bool) {
	searched := 0
	for {
		if at := bytes.IndexByte(l.rest[searched:], '\n'); at >= 0 {
			line := l.rest[:searched+at]
			l.rest = l.rest[searched+at+1:]
			return line, true
		}
		searched = len(l.rest)
		if searched > maxLine || l.ends {
			return nil, false
		}
		chunk := make([]byte, chunkSize+searched)
		n, err := syscall.Read(channel, chunk)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			l.ends = true
			continue
		}
		l.rest = append(l.rest, chunk[:n]...)
	}
}

func write(fd int, text []byte) bool {
	for len(text) > 0 {
		n, err := syscall.Write(fd, text)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return false
		}
		text = text[n:]
	}
	return true
}

// ---- words

type words struct {
	text []byte
	at   int
}

func (w *words) more() bool { return w.at < len(w.text) }

func (w *words) next() []byte {
	if !w.more() {
		panic(malformed("ended early"))
	}
	rest := w.text[w.at:]
	end := bytes.IndexByte(rest, ' ')
	if end < 0 {
		w.at = len(w.text)
		return rest
	}
	w.at += end + 1
	return rest[:end]
}

func addText(out []byte, text string) []byte {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ||
			c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' {
			out = append(out, c)
		} else {
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return out
}

func textOf(word []byte) string {
	out := make([]byte, 0, len(word))
	for i := 0; i < len(word); i++ {
		if word[i] != '%' {
			out = append(out, word[i])
			continue
		}
		if i+2 >= len(word) {
			panic(malformed("text"))
		}
		code, err := strconv.ParseUint(string(word[i+1:i+3]), 16, 8)
		if err != nil {
			panic(malformed("text"))
		}
		out = append(out, byte(code))
		i += 2
	}
	return string(out)
}

// ---- types

// typeText gives the text of a type made of builtin ones; a named type is
// written as what it is made of.
func typeText(t reflect.Type, depth int) string {
	if depth > maxDepth {
		panic(malformed("type too deep"))
	}
	switch t.Kind() {
	case reflect.Slice:
		return "[]" + typeText(t.Elem(), depth+1)
	case reflect.Array:
		return "[" + strconv.Itoa(t.Len()) + "]" + typeText(t.Elem(), depth+1)
	case reflect.Map:
		return "map[" + typeText(t.Key(), depth+1) + "]" +
			typeText(t.Elem(), depth+1)
	case reflect.Ptr:
		return "*" + typeText(t.Elem(), depth+1)
	case reflect.Interface:
		if t == errorType {
			return "error"
		}
		if t.NumMethod() == 0 {
			return "interface {}"
		}
	default:
		if _, known := basic[t.Kind().String()]; known {
			return t.Kind().String()
		}
	}
	panic(malformed("a value of type " + t.String() + " cannot cross"))
}

func typeOf(text string, depth int) (reflect.Type, string) {
	if depth > maxDepth || text == "" {
		panic(malformed("type"))
	}
	switch {
	case text[0] == '*':
		elem, rest := typeOf(text[1:], depth+1)
		return reflect.PtrTo(elem), rest
	case len(text) > 4 && text[:4] == "map[":
		key, rest := typeOf(text[4:], depth+1)
		if rest == "" || rest[0] != ']' || !key.Comparable() {
			panic(malformed("type"))
		}
		elem, rest := typeOf(rest[1:], depth+1)
		return reflect.MapOf(key, elem), rest
	case len(text) > 2 && text[:2] == "[]":
		elem, rest := typeOf(text[2:], depth+1)
		return reflect.SliceOf(elem), rest
	case text[0] == '[':
		end := 1
		for end < len(text) && end < 8 && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		count, err := strconv.Atoi(text[1:end])
		if err != nil || count > maxCount || end >= len(text) || text[end] != ']' {
			panic(malformed("type"))
		}
		elem, rest := typeOf(text[end+1:], depth+1)
		if elem.Size() > 0 && uintptr(count) > maxLine/elem.Size() {
			panic(malformed("type too large"))
		}
		return reflect.ArrayOf(count, elem), rest
	}
	end := 0
	for end < len(text) && text[end] != ']' {
		end++
	}
	t, known := basic[text[:end]]
	if !known {
		panic(malformed("type"))
	}
	return t, text[end:]
}

// ---- values

func add(out []byte, v reflect.Value, depth int) []byte {
	if depth > maxDepth {
		panic(malformed("too deep"))
	}
	if len(out) > maxLine {
		panic(malformed("too large"))
	}
	out = append(out, ' ')
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(out, 't')
		}
		return append(out, 'f')
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(append(out, 'i'), v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32,
		reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(append(out, 'i'), v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return addFloat(out, v.Float())
	case reflect.Complex64, reflect.Complex128:
		c := v.Complex()
		out = addFloat(append(out, "p2 "...), real(c))
		return addFloat(append(out, ' '), imag(c))
	case reflect.String:
		return addText(append(out, 's'), v.String())
	case reflect.Slice, reflect.Array:
		return addList(out, v, depth)
	case reflect.Map:
		return addMap(out, v, depth)
	case reflect.Ptr:
		if v.IsNil() {
			return append(out, 'n')
		}
		return add(append(out, 'o'), v.Elem(), depth+1)
	case reflect.Interface:
		return addInterface(out, v, depth)
	}
	panic(malformed("a value of type " + v.Type().String() + " cannot cross"))
}

func addFloat(out []byte, x float64) []byte {
	switch {
	case math.IsNaN(x):
		return append(out, "dnan"...)
	case math.IsInf(x, 1):
		return append(out, "dinf"...)
	case math.IsInf(x, -1):
		return append(out, "d-inf"...)
	}
	return strconv.AppendFloat(append(out, 'd'), x, 'g', -1, 64)
}

func addList(out []byte, v reflect.Value, depth int) []byte {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return append(out, 'n')
	}
	if v.Len() > maxCount {
		panic(malformed("too wide"))
	}
	out = strconv.AppendInt(append(out, 'l'), int64(v.Len()), 10)
	for i := 0; i < v.Len(); i++ {
		out = add(out, v.Index(i), depth+1)
	}
	return out
}

// In the order of their texts: the same map is the same text.
func addMap(out []byte, v reflect.Value, depth int) []byte {
	if v.IsNil() {
		return append(out, 'n')
	}
	if v.Len() > maxCount {
		panic(malformed("too wide"))
	}
	pairs := make([]string, 0, v.Len())
	for _, key := range v.MapKeys() {
		pair := add(nil, key, depth+1)
		pairs = append(pairs, string(add(pair, v.MapIndex(key), depth+1)))
	}
	sort.Strings(pairs)
	out = strconv.AppendInt(append(out, 'm'), int64(v.Len()), 10)
	for _, pair := range pairs {
		out = append(out, pair...)
	}
	return out
}

func addInterface(out []byte, v reflect.Value, depth int) []byte {
	if v.IsNil() {
		return append(out, 'n')
	}
	if err, ok := v.Interface().(error); ok {
		if v.Type() != errorType {
			out = append(out, "p2 serror "...)
		}
		return addText(append(out, 's'), err.Error())
	}
	out = addText(append(out, "p2 s"...), typeText(v.Elem().Type(), 0))
	return add(out, v.Elem(), depth+1)
}

// read fills `to`, which can be set, from words.
func read(w *words, to reflect.Value, depth int) {
	if depth > maxDepth {
		panic(malformed("too deep"))
	}
	word := w.next()
	if len(word) == 0 {
		panic(malformed("an empty word"))
	}
	kind, rest := word[0], string(word[1:])
	switch to.Kind() {
	case reflect.Slice, reflect.Map, reflect.Ptr, reflect.Interface:
		if kind == 'n' && rest == "" {
			to.Set(reflect.Zero(to.Type()))
			return
		}
	}
	switch to.Kind() {
	case reflect.Slice, reflect.Array:
		readList(w, to, count(kind, 'l', rest), depth)
	case reflect.Map:
		readMap(w, to, count(kind, 'm', rest), depth)
	case reflect.Ptr:
		if kind != 'o' || rest != "" {
			panic(malformed("not a pointer"))
		}
		to.Set(reflect.New(to.Type().Elem()))
		read(w, to.Elem(), depth+1)
	case reflect.Interface:
		readInterface(w, to, kind, word, depth)
	case reflect.Complex64, reflect.Complex128:
		var re, im float64
		count(kind, 'p', rest)
		read(w, reflect.ValueOf(&re).Elem(), depth+1)
		read(w, reflect.ValueOf(&im).Elem(), depth+1)
		to.SetComplex(complex(re, im))
	default:
		readScalar(to, kind, rest)
	}
}

func readScalar(to reflect.Value, kind byte, rest string) {
	var err error
	bits := 0
	if to.Kind() != reflect.Bool && to.Kind() != reflect.String {
		bits = to.Type().Bits()
	}
	switch {
	case to.Kind() == reflect.Bool && (kind == 't' || kind == 'f') && rest == "":
		to.SetBool(kind == 't')
	case to.Kind() == reflect.String && kind == 's':
		to.SetString(textOf([]byte(rest)))
	case to.CanInt() && kind == 'i':
		var x int64
		x, err = strconv.ParseInt(rest, 10, bits)
		to.SetInt(x)
	case to.CanUint() && kind == 'i':
		var x uint64
		x, err = strconv.ParseUint(rest, 10, bits)
		to.SetUint(x)
	case to.CanFloat() && kind == 'd' && len(rest) < 64:
		var x float64
		x, err = strconv.ParseFloat(rest, bits)
		to.SetFloat(x)
	default:
		err = errors.New("another type")
	}
	if err != nil {
		panic(malformed("scalar: " + err.Error()))
	}
}

func count(kind, wanted byte, rest string) int {
	n, err := strconv.Atoi(rest)
	if kind != wanted || err != nil || n < 0 || n > maxCount {
		panic(malformed("count"))
	}
	return n
}

func readList(w *words, to reflect.Value, n, depth int) {
	if to.Kind() == reflect.Array && to.Len() != n ||
		n > len(w.text)-w.at {
		panic(malformed("length"))
	}
	if to.Kind() == reflect.Slice {
		to.Set(reflect.MakeSlice(to.Type(), n, n))
	}
	for i := 0; i < n; i++ {
		read(w, to.Index(i), depth+1)
	}
}

func readMap(w *words, to reflect.Value, n, depth int) {
	to.Set(reflect.MakeMap(to.Type()))
	for i := 0; i < n; i++ {
		key := reflect.New(to.Type().Key()).Elem()
		value := reflect.New(to.Type().Elem()).Elem()
		read(w, key, depth+1)
		if key.Kind() == reflect.Interface && !key.IsNil() &&
			!key.Elem().Type().Comparable() {
			panic(malformed("key"))
		}
		read(w, value, depth+1)
		to.SetMapIndex(key, value)
	}
}

func readInterface(w *words, to reflect.Value, kind byte, word []byte, depth int) {
	if to.Type() == errorType {
		if kind != 's' {
			panic(malformed("not an error"))
		}
		to.Set(reflect.ValueOf(errors.New(textOf(word[1:]))))
		return
	}
	if to.NumMethod() > 0 || string(word) != "p2" {
		panic(malformed("not a value with its type"))
	}
	name := w.next()
	if len(name) < 2 || name[0] != 's' {
		panic(malformed("type"))
	}
	t, rest := typeOf(textOf(name[1:]), 0)
	if rest != "" {
		panic(malformed("type"))
	}
	value := reflect.New(t).Elem()
	read(w, value, depth+1)
	to.Set(value)
}

// store makes what `to` refers to like what `from` refers to, in place.
func store(to, from reflect.Value) {
	switch to.Kind() {
	case reflect.Slice:
		if from.IsNil() || to.IsNil() || from.Len() != to.Len() {
			return
		}
		for i := 0; i < to.Len(); i++ {
			storeElem(to.Index(i), from.Index(i))
		}
	case reflect.Map:
		if from.IsNil() || to.IsNil() {
			return
		}
		for _, key := range to.MapKeys() {
			if !from.MapIndex(key).IsValid() {
				to.SetMapIndex(key, reflect.Value{})
			}
		}
		for _, key := range from.MapKeys() {
			to.SetMapIndex(key, from.MapIndex(key))
		}
	case reflect.Ptr:
		if !from.IsNil() && !to.IsNil() {
			storeElem(to.Elem(), from.Elem())
		}
	case reflect.Interface:
		if !from.IsNil() && !to.IsNil() &&
			from.Elem().Type() == to.Elem().Type() {
			store(to.Elem(), from.Elem())
		}
	}
}

func storeElem(to, from reflect.Value) {
	inner := to
	if inner.Kind() == reflect.Slice && from.Len() == inner.Len() &&
		!from.IsNil() && !inner.IsNil() {
		store(inner, from)
		return
	}
	to.Set(from)
}

// refers says whether a callee can change what the caller sees.
func refers(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Ptr:
		return true
	case reflect.Interface:
		return t != errorType
	}
	return false
}
