/**
 * An expression of Python that gives the variables of the person as JSON in base64. It leaves no name behind and runs no longer than a
 * second: objects of classes that Python does not bring are asked for their text under an alarm, and what they print is dropped.
 */
export const pythonExpression = (): string =>
  `(lambda scope: (exec(${JSON.stringify(program)}, scope), scope['answer'])[1])({'user': globals()})`;

const program = `
import base64, contextlib, io, json, signal, sys, threading, time, types

VARIABLES_MAX, VALUE_MAX, ITEMS_MAX, WHOLE_S, ONE_S = 200, 160, 8, 1.0, 0.25
plain = (type(None), bool, int, float, complex, str, bytes)
holders = {list: '[]', tuple: '()', set: '{}', frozenset: '{}'}
shaped = ('numpy', 'pandas', 'torch', 'xarray', 'scipy', 'jax', 'polars', 'cupy', 'h5py')
deadline = time.monotonic() + WHOLE_S
can_stop = hasattr(signal, 'setitimer') and threading.current_thread() is threading.main_thread()


class TooLong(BaseException):
    pass


def stop(*_):
    raise TooLong()


def limited(act):
    if not can_stop or time.monotonic() > deadline:
        return None
    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, ONE_S, 0.02)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            answer = act()
        return answer if type(answer) is str else None
    except BaseException:
        return None
    finally:
        while True:
            try:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before or signal.SIG_DFL)
                break
            except TooLong:
                pass


def cut(text):
    line = ' '.join(text[: VALUE_MAX * 4].split())
    return line if len(line) <= VALUE_MAX else line[: VALUE_MAX - 1] + '\\u2026'


def short(value, depth=0):
    kind = type(value)
    if kind in (str, bytes):
        return repr(value[:VALUE_MAX])
    if kind is int and value.bit_length() > 2000:
        return 'an integer of %d bits' % value.bit_length()
    if kind in plain:
        return repr(value)
    if kind in holders or kind is dict:
        marks = holders.get(kind, '{}')
        if depth > 2:
            return marks[0] + '\\u2026' + marks[1]
        items = []
        for item in value:
            if len(items) == ITEMS_MAX:
                items.append('\\u2026')
                break
            text = short(item, depth + 1)
            items.append(text + ': ' + short(value[item], depth + 1) if kind is dict and type(item) in plain else text)
        return marks[0] + ', '.join(items) + marks[1]
    if depth > 0:
        return '<' + type.__getattribute__(kind, '__name__') + '>'
    return limited(lambda: repr(value)[: VALUE_MAX * 4]) or ''


def size(value):
    kind = type(value)
    if kind in holders or kind in (dict, bytes, bytearray, range):
        return '%d %s' % (len(value), 'item' if len(value) == 1 else 'items')
    if kind is str:
        return '%d %s' % (len(value), 'character' if len(value) == 1 else 'characters')
    if str(getattr(kind, '__module__', '')).split('.')[0] in shaped:
        return limited(lambda: ' \\u00d7 '.join(str(int(n)) for n in value.shape)) or None
    return None


def describe(name, value):
    kind = type(value)
    return {
        'name': name,
        'type': cut(str(type.__getattribute__(kind, '__name__'))),
        'value': cut(short(value)),
        'size': size(value),
    }


hidden = {}
ask = user.get('get_ipython')
if isinstance(ask, types.MethodType) or isinstance(ask, types.FunctionType):
    hidden = getattr(ask(), 'user_ns_hidden', {})
found = []
for name, value in list(user.items()):
    if name.startswith('_') or isinstance(value, types.ModuleType) or (name in hidden and hidden[name] is value):
        continue
    try:
        found.append(describe(name, value))
    except BaseException:
        found.append({'name': name, 'type': '', 'value': '', 'size': None})
text = json.dumps({'variables': found[-VARIABLES_MAX:], 'leftOut': max(0, len(found) - VARIABLES_MAX)})
answer = base64.b64encode(text.encode('ascii')).decode('ascii')
`;
