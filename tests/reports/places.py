"""District and commune names of the size that dispatch 908 had: 9 districts with 133 communes."""

COMMUNES = {
    "thành phố Huế": "Vỹ Dạ, Phường Đúc, Vĩnh Ninh, Phú Hội, Phú Nhuận, Xuân Phú, Trường An, Phước Vĩnh, An Cựu, "
    "Thủy Biều, Thủy Xuân, An Đông, An Tây, Tây Lộc, Thuận Lộc, Gia Hội, Phú Hậu, Thuận Hòa, Đông Ba, Kim Long, "
    "An Hòa, Hương Sơ, Hương Long, Thuận An, Dương Nỗ, Phú Thượng, Thủy Vân, Thủy Bằng, Hương Phong, Hương Vinh, "
    "Hương An, Long Hồ",
    "huyện Phong Điền": "Phong Thu, Phong Thạnh, Phong Phú, Phong Bình, Phong Chương, Phong Hải, Phong Hòa, "
    "Phong Hiền, Phong Mỹ, Phong An, Phong Xuân, Phong Sơn",
    "huyện Quảng Điền": "Sịa, Quảng Thái, Quảng Ngạn, Quảng Lợi, Quảng Công, Quảng Phước, Quảng Vinh, Quảng An, "
    "Quảng Thành, Quảng Thọ, Quảng Phú",
    "huyện Phú Vang": "Phú Thuận, Phú An, Phú Hải, Phú Xuân, Phú Diên, Phú Mỹ, Phú Hồ, Vinh Xuân, Phú Lương, Phú Đa, "
    "Vinh Thanh, Vinh An, Phú Gia, Vinh Hà",
    "thị xã Hương Thủy": "Phú Bài, Thủy Thanh, Thủy Dương, Thủy Phương, Thủy Châu, Thủy Lương, Thủy Tân, Thủy Phù, "
    "Phú Sơn, Dương Hòa",
    "thị xã Hương Trà": "Tứ Hạ, Hương Toàn, Hương Vân, Hương Văn, Hương Xuân, Hương Chữ, Hương Bình, Bình Tiến, "
    "Bình Thành",
    "huyện A Lưới": "A Lưới, Hồng Vân, Hồng Hạ, Hồng Kim, Trung Sơn, Hương Nguyên, Hồng Bắc, A Ngo, Sơn Thủy, "
    "Phú Vinh, Hương Phong, Quảng Nhâm, Hồng Thượng, Hồng Thái, A Roàng, Đông Sơn, Lâm Đớt, Hồng Thủy",
    "huyện Phú Lộc": "Phú Lộc, Lăng Cô, Vinh Mỹ, Vinh Hưng, Giang Hải, Vinh Hiền, Lộc Bổn, Lộc Sơn, Lộc Bình, "
    "Lộc Vĩnh, Lộc An, Lộc Điền, Lộc Thủy, Lộc Trì, Lộc Tiến, Lộc Hòa, Xuân Lộc",
    "huyện Nam Đông": "Khe Tre, Hương Phú, Hương Sơn, Hương Lộc, Thượng Quảng, Hương Xuân, Hương Hữu, Thượng Lộ, "
    "Thượng Long, Thượng Nhật",
}
