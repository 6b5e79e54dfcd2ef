#include "ui/normalize/sheet_accessible.h"

#include <QAccessible>

#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_table_accessible.h"
#include "ui/normalize/sheet_view.h"

namespace normscope {
namespace {

QAccessibleInterface* sheetInterface(const QString&, QObject* object) {
    auto* view = qobject_cast<SheetView*>(object);
    return view ? new SheetTableAccessible(view) : nullptr;
}

/// While the shape changes, it may be one of the shape before.
bool hasCurrentCell(const SheetView& view) {
    return view.current() && contains(view.document().shape(), view.current()->cell);
}

}  // namespace

void installSheetAccessibility() {
    QAccessible::installFactory(sheetInterface);  // installs the same factory only once
}

void announceCurrentCell(SheetView& view) {
    if (view.hasFocus()) {
        QAccessibleEvent event(&view, QAccessible::Focus);
        if (hasCurrentCell(view)) {
            event.setChild(sheetTableIndex(view, *view.current()));
        }
        QAccessible::updateAccessibility(&event);
    }
}

void announceSelection(SheetView& view) {
    QAccessibleEvent event(&view, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&event);
}

void announceSheetValue(SheetView& view) {
    if (hasCurrentCell(view)) {
        QAccessibleValueChangeEvent event(&view, view.document().value(*view.current()));
        event.setChild(sheetTableIndex(view, *view.current()));
        QAccessible::updateAccessibility(&event);
    }
}

void announceSheetShape(SheetView& view) {
    QAccessibleTableModelChangeEvent event(&view, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&event);
}

}  // namespace normscope
