#include "core/tensor_pickle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "core/byte_reader.h"
#include "core/pickle_values.h"

namespace normscope {
namespace {

/// Far above that of any network here. Every value takes a byte of it at least, so that it bounds
/// the memory that a pickle can ask for.
constexpr std::size_t kMostBytes = 256 << 10;
constexpr std::size_t kMostSides = 8;

constexpr std::size_t kLongestStorageName = 32;

constexpr auto kNonsense = "is damaged: its pickle makes no sense";

struct Dict {
    std::vector<std::pair<std::string_view, TensorAt>> tensors;
    bool holdsOther = false;  ///< a key that is no string, or a value that is no tensor
};

class Machine {
  public:
    explicit Machine(std::string_view pickle) : code_(pickle) {}

    std::vector<StoredTensor> run() {
        while (step()) {
        }
        const Dict& dict = dicts_[as<DictAt>(pop()).place];
        std::set<std::string_view> names;
        std::vector<StoredTensor> tensors;
        for (const auto& [name, tensor] : dict.tensors) {
            if (!names.insert(name).second) {
                throw FormatError(kNonsense);
            }
            tensors.push_back(tensors_[tensor.place]);
            tensors.back().name = name;
        }
        if (dict.holdsOther) {
            throw FormatError(kNoDictOfTensors);
        }
        return tensors;
    }

  private:
    /// Whether there is more to come. The words are those of protocol 2, Python's
    /// Lib/pickletools.py tells them all.
    bool step() {
        switch (code_.little<std::uint8_t>()) {
            case 0x80:  // PROTO
                code_.skip(1);
                break;
            case 'N':
                push(None{});
                break;
            case 0x88:  // NEWTRUE
                push(true);
                break;
            case 0x89:  // NEWFALSE
                push(false);
                break;
            case 'K':  // BININT1
                push(std::int64_t{code_.little<std::uint8_t>()});
                break;
            case 'M':  // BININT2
                push(std::int64_t{code_.little<std::uint16_t>()});
                break;
            case 'J':  // BININT
                push(std::int64_t{code_.little<std::int32_t>()});
                break;
            case 0x8a:  // LONG1
                push(longInteger());
                break;
            case 'X':  // BINUNICODE
                push(code_.take(code_.little<std::uint32_t>()));
                break;
            case 'c':
                pushGlobal();
                break;
            case '(':
                marks_.push_back(stack_.size());
                break;
            case ')':  // EMPTY_TUPLE
                pushTuple(0);
                break;
            case 0x85:  // TUPLE1
                pushTuple(1);
                break;
            case 0x86:  // TUPLE2
                pushTuple(2);
                break;
            case 0x87:  // TUPLE3
                pushTuple(3);
                break;
            case 't':  // TUPLE
                pushTuple(sinceMark());
                break;
            case '}':  // EMPTY_DICT
                pushDict();
                break;
            case 's':  // SETITEM
                setItems(2);
                break;
            case 'u':  // SETITEMS
                setItems(sinceMark());
                break;
            case 'q':  // BINPUT
                memo_[code_.little<std::uint8_t>()] = top();
                break;
            case 'r':  // LONG_BINPUT
                memo_[code_.little<std::uint32_t>()] = top();
                break;
            case 'h':  // BINGET
                push(remembered(code_.little<std::uint8_t>()));
                break;
            case 'j':  // LONG_BINGET
                push(remembered(code_.little<std::uint32_t>()));
                break;
            case 'Q':  // BINPERSID
                pushStorage();
                break;
            case 'R':  // REDUCE
                call();
                break;
            case 'b':  // BUILD
                // What state_dict() notes about versions of modules.
                as<DictAt>(pop());
                as<DictAt>(top());
                break;
            case '.':  // STOP
                return false;
            default:
                throw FormatError(kNoDictOfTensors);
        }
        return true;
    }

    void push(Value value) { stack_.push_back(value); }

    const Value& top() const {
        if (stack_.empty()) {
            throw FormatError(kNonsense);
        }
        return stack_.back();
    }

    Value pop() {
        const Value value = top();
        stack_.pop_back();
        return value;
    }

    std::vector<Value> pop(std::size_t count) {
        if (count > stack_.size()) {
            throw FormatError(kNonsense);
        }
        const auto first = stack_.end() - static_cast<std::ptrdiff_t>(count);
        std::vector<Value> values(first, stack_.end());
        stack_.erase(first, stack_.end());
        return values;
    }

    /// How many values lie above the last mark, which is taken away.
    std::size_t sinceMark() {
        if (marks_.empty() || marks_.back() > stack_.size()) {
            throw FormatError(kNonsense);
        }
        const std::size_t mark = marks_.back();
        marks_.pop_back();
        return stack_.size() - mark;
    }

    const Value& remembered(std::uint32_t place) const {
        const auto found = memo_.find(place);
        if (found == memo_.end()) {
            throw FormatError(kNonsense);
        }
        return found->second;
    }

    std::int64_t longInteger() {
        const std::string_view bytes = code_.take(code_.little<std::uint8_t>());
        if (bytes.empty() || bytes.size() > sizeof(std::int64_t)) {
            throw FormatError(kNonsense);
        }
        std::array<char, sizeof(std::int64_t)> wide{};
        wide.fill(static_cast<char>(bytes.back() < 0 ? -1 : 0));
        std::ranges::copy(bytes, wide.begin());
        return std::bit_cast<std::int64_t>(wide);
    }

    void pushGlobal() {
        const std::string_view module = code_.line();
        push(valueOfWord(module, code_.line()));
    }

    void pushTuple(std::size_t count) {
        tuples_.push_back(pop(count));
        push(TupleAt{tuples_.size() - 1});
    }

    void pushDict() {
        dicts_.emplace_back();
        push(DictAt{dicts_.size() - 1});
    }

    void setItems(std::size_t count) {
        const std::vector<Value> items = pop(count);
        Dict& dict = dicts_[as<DictAt>(top()).place];
        if (items.size() % 2 != 0) {
            throw FormatError(kNonsense);
        }
        for (std::size_t i = 0; i < items.size(); i += 2) {
            const auto* const name = std::get_if<std::string_view>(&items[i]);
            const auto* const tensor = std::get_if<TensorAt>(&items[i + 1]);
            if (name != nullptr && tensor != nullptr) {
                dict.tensors.emplace_back(*name, *tensor);
            } else {
                dict.holdsOther = true;
            }
        }
    }

    std::span<const Value> elements(const Value& tuple, std::size_t count) const {
        const std::vector<Value>& values = tuples_[as<TupleAt>(tuple).place];
        if (values.size() != count) {
            throw FormatError(kNonsense);
        }
        return values;
    }

    /// ("storage", class, name, device, count)
    void pushStorage() {
        const auto of = elements(pop(), 5);
        if (as<std::string_view>(of[0]) != "storage") {
            throw FormatError(kNonsense);
        }
        const auto name = as<std::string_view>(of[2]);
        if (name.size() > kLongestStorageName) {
            throw FormatError(kNonsense);
        }
        push(Storage{as<StorageClass>(of[1]).type, name, as<std::int64_t>(of[4])});
    }

    void call() {
        const Value arguments = pop();
        if (as<Callable>(pop()) == Callable::RebuildTensor) {
            pushTensor(arguments);
            return;
        }
        elements(arguments, 0);
        pushDict();
    }

    /// (storage, first, shape, strides, requires_grad, hooks)
    void pushTensor(const Value& arguments) {
        const auto of = elements(arguments, 6);
        const auto& storage = as<Storage>(of[0]);
        StoredTensor tensor;
        tensor.type = storage.type;
        tensor.storage = storage.name;
        tensor.available = storage.available;
        tensor.first = as<std::int64_t>(of[1]);
        tensor.shape = sides(of[2]);
        tensor.strides = sides(of[3]);
        if (tensor.shape.size() != tensor.strides.size()) {
            throw FormatError(kNonsense);
        }
        tensors_.push_back(std::move(tensor));
        push(TensorAt{tensors_.size() - 1});
    }

    std::vector<std::int64_t> sides(const Value& tuple) const {
        const std::vector<Value>& values = tuples_[as<TupleAt>(tuple).place];
        if (values.size() > kMostSides) {
            throw FormatError(kNonsense);
        }
        std::vector<std::int64_t> sides;
        for (const Value& value : values) {
            sides.push_back(as<std::int64_t>(value));
        }
        return sides;
    }

    ByteReader code_;
    std::vector<Value> stack_;
    std::vector<std::size_t> marks_;
    std::map<std::uint32_t, Value> memo_;
    std::vector<std::vector<Value>> tuples_;
    std::vector<StoredTensor> tensors_;
    std::vector<Dict> dicts_;
};

}  // namespace

std::vector<StoredTensor> readTensorPickle(std::string_view pickle) {
    if (pickle.size() > kMostBytes) {
        throw FormatError("holds far more than a network");
    }
    return Machine(pickle).run();
}

}  // namespace normscope
