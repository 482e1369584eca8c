"""Charlie finds orders: by what they wait for, and by what customers say on the telephone."""


from tests.characters import ben
from tests.inspecting import Answer, InspectingClient
from tests.shopping import an_order


def shown(answer: Answer) -> list[str]:
    assert answer.status_code == 200
    return answer.document.texts(".order-number")


def test_a_packer_begins_with_the_oldest_order_to_pack(desk: InspectingClient) -> None:
    first, second = an_order(), an_order(who=ben)
    awaited = an_order(payment="bank_transfer")
    assert shown(desk.get("/admin/orders")) == [first.number, second.number]
    assert shown(desk.get("/admin/orders?state=unpaid")) == [awaited.number]
    assert shown(desk.get("/admin/orders?state=all")) == [awaited.number, second.number, first.number]
