#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <variant>

namespace normscope {

/// A picture of a digit as somebody gave it: the path of a file, what would stand in one, or a
/// picture that is decoded already.
using GivenPicture = std::variant<QString, QByteArray, QImage>;

}  // namespace normscope
